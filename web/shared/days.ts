/** Days of Vietnam, which has kept UTC+7 without daylight saving since 1975 (IANA tz database). */
const offset = '+07:00';
const offsetMs = 7 * 3_600_000;
const dayMs = 86_400_000;

/** The day of an instant, `yyyy-MM-dd`. */
export const dayOf = (ms: number): string => new Date(ms + offsetMs).toISOString().slice(0, 10);

/** The minute of an instant within its day, `HH:mm`. */
export const clockOf = (ms: number): string => new Date(ms + offsetMs).toISOString().slice(11, 16);

/** The hour of an instant within its day, 0 to 23. */
export const hourOf = (ms: number): number => new Date(ms + offsetMs).getUTCHours();

/** Where days begin and end, as the API takes instants. */
export function spanOf(firstDay: string, lastDay = firstDay): { from: string; to: string } {
  const from = `${firstDay}T00:00:00${offset}`;
  const to = new Date(Date.parse(`${lastDay}T00:00:00${offset}`) + dayMs).toISOString();
  return { from, to };
}

/** How many days a span has, both ends included; NaN for what are no days. */
export const daysBetween = (firstDay: string, lastDay: string): number =>
  Math.round((Date.parse(lastDay) - Date.parse(firstDay)) / dayMs) + 1;

/** `dd/MM/yyyy`. */
export const showDay = (day: string): string => day.split('-').reverse().join('/');
