/// <reference lib="webworker" />

/** Filled in by the build: what the gate needs while there is no network, and a name for exactly this content. */
const version = '__VERSION__';
const files = JSON.parse('__FILES__') as string[];

const worker = self as unknown as ServiceWorkerGlobalScope;
const page = '/gate';
const shelf = `vetxanh-gate-${version}`;

/** How long the network may take to give the page before the one on the shelf is shown (assumption). */
const patienceMs = 3_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shelf).then((cache) => cache.addAll([page, ...files])));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(clearOld().then(() => worker.clients.claim()));
});

/** The page asks for it when nobody stands at the door. */
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
  const old = (await caches.keys()).filter((name) => name.startsWith('vetxanh-gate-') && name !== shelf);
  await Promise.all(old.map((name) => caches.delete(name)));
}
