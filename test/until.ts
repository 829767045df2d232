import { setTimeout as pause } from 'node:timers/promises';

/** How often a condition is looked at, and how long one waits for it unless told otherwise. */
const everyMs = 25;
const patienceMs = 30_000;

/**
 * Waits until a condition holds, and resolves to what it gave; a condition that throws does not hold yet. Throws what
 * was waited for, with the last error, when it takes too long.
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  withinMs = patienceMs,
): Promise<Exclude<T, undefined | null | false>> {
  const end = Date.now() + withinMs;
  for (let last: unknown; ; await pause(everyMs)) {
    try {
      const value = await condition();
      if (value !== undefined && value !== null && value !== false)
        return value as Exclude<T, undefined | null | false>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs} ms, at last ${String(last)}`);
  }
}
