/** How long nobody may have been scanned before a gate takes up a new build (assumption). */
const quietMs = 3 * 60_000;

let lastBusyMs = 0;

/** Told with every scan: a gate that is in use does not change under its guard's hands. */
export const isBusy = (): void => void (lastBusyMs = performance.now());

export const isQuiet = (): boolean => performance.now() - lastBusyMs > quietMs;
