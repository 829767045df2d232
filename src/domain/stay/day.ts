/**
 * Local days as storage buckets: `yyyymmdd` at UTC+7 throughout. Vietnam has kept that offset without daylight saving
 * since 1975 (IANA tz database, Asia/Ho_Chi_Minh); a bucket is a key and decides nothing.
 */
const offsetMs = 7 * 3_600_000;
const dayMs = 86_400_000;

/** The bucket an instant falls into. */
export function dayKey(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The first instant of the bucket an instant falls into, in milliseconds. */
export const dayStart = (ms: number): number => Math.floor((ms + offsetMs) / dayMs) * dayMs - offsetMs;

/** Every bucket that `[inMs, outMs)` touches. */
export function daysTouched(inMs: number, outMs: number): string[] {
  const days = [];
  for (let at = dayStart(inMs); at < outMs; at += dayMs) days.push(dayKey(at));
  return days;
}
