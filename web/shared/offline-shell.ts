/** How often a page looks for a new build, and whether it may take it up (assumptions). */
const lookEveryMs = 30 * 60_000;
const askEveryMs = 60_000;

/** Lets a page open without a network, and takes a new build up while nobody needs the page. */
export async function keepOffline(scope: string, isQuiet: () => boolean): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const had = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register('/sw.js', { scope }).catch(() => undefined);
  if (!registration) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => had && location.reload());
  setInterval(() => void registration.update().catch(() => undefined), lookEveryMs);
  setInterval(() => {
    if (isQuiet()) registration.waiting?.postMessage('take-over');
  }, askEveryMs);
}
