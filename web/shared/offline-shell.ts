/** How often a gate looks for a new build, and how long nobody may have been scanned before it takes it (assumptions). */
const lookEveryMs = 30 * 60_000;
const quietMs = 3 * 60_000;

let lastBusyMs = 0;

/** Told with every scan: a gate that is in use does not change under its guard's hands. */
export const isBusy = (): void => void (lastBusyMs = performance.now());

/** Lets the page open without a network, and takes a new build up while the door is quiet. */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const had = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/gate' }).catch(() => undefined);
  if (!registration) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => had && location.reload());
  setInterval(() => void registration.update().catch(() => undefined), lookEveryMs);
  setInterval(() => {
    if (performance.now() - lastBusyMs > quietMs) registration.waiting?.postMessage('take-over');
  }, quietMs / 3);
}
