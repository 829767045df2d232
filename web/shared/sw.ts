/// <reference lib="webworker" />

/** What a page needs while there is no network, and a name for exactly this content. */
interface Shelf {
  version: string;
  files: string[];
}

/** Filled in by the build: the shelf of each page that opens without a network, by its address. */
const shelves = JSON.parse('__SHELVES__') as Record<string, Shelf>;

const worker = self as unknown as ServiceWorkerGlobalScope;
const page = new URL(worker.registration.scope).pathname;
const { version, files } = shelves[page]!;
const family = `vetxanh-${page.slice(1)}-`;
const shelf = `${family}${version}`;

/** How long the network may take to give the page before the one on the shelf is shown (assumption). */
const patienceMs = 3_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shelf).then((cache) => cache.addAll([page, ...files])));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(clearOld().then(() => worker.clients.claim()));
});

/** The page asks for it when nobody stands at the door, or nobody looks. */
worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(thePage(request));
  else if (files.includes(pathname)) event.respondWith(fromShelf(request));
});

/** News while the page is closed; a page that is looked at has heard of it over its socket. */
worker.addEventListener('push', (event) => event.waitUntil(tell()));

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});

/** The page of this version belongs to the files of this version: the shelf first, the network where it is empty. */
async function thePage(request: Request): Promise<Response> {
  const kept = await caches.match(page, { cacheName: shelf });
  if (kept) return kept;
  return fetch(request, { signal: AbortSignal.timeout(patienceMs) });
}

async function fromShelf(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: shelf })) ?? fetch(request);
}

async function clearOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(family) && name !== shelf);
  await Promise.all(old.map((name) => caches.delete(name)));
}

const windows = async (): Promise<readonly WindowClient[]> =>
  (await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(
    ({ url }) => new URL(url).pathname === page,
  );

/** In both languages, for the worker does not know the reader's; one message stands for all that came before. */
async function tell(): Promise<void> {
  if ((await windows()).some(({ visibilityState }) => visibilityState === 'visible')) return;
  await worker.registration.showNotification('VetXanh', {
    body: 'Thẻ của bạn có tin mới. Hãy mở để xem.\nThere is news on your card. Open it to see.',
    icon: '/icon-192.png',
    tag: 'news',
    data: page,
  });
}

async function openPage(): Promise<void> {
  const [open] = await windows();
  if (open) await open.focus();
  else await worker.clients.openWindow(page);
}
