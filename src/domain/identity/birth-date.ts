const shape = /^\d{4}(-\d{2}){0,2}$/;

/** The earliest year a birth date may name: nobody alive is older (assumption, with room). */
const firstYear = 1850;

/**
 * Whether a text is a birth date as far as it is known: `1987`, `1987-01` or `1987-01-18`, and in the calendar. By plain
 * numbers, for it is asked of every row of an import, and luxon reads a date in the time of a whole row.
 */
export function isBirthDate(text: string): boolean {
  if (!shape.test(text)) return false;
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return year >= firstYear && month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(year, month);
}

/** The day before the first of the month after; months count from 0 in JavaScript. */
const lastDayOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const hourMs = 3_600_000;

/**
 * Whether somebody is born by an instant: the day, as far as it is known, has begun somewhere. Zones run ahead of UTC by
 * 14 hours at most (Kiribati), so that a child of this morning is nowhere refused.
 */
export const isBornBy = (birthDate: string, atMs: number): boolean =>
  birthDate <= new Date(atMs + 14 * hourMs).toISOString().slice(0, birthDate.length);

/** What is expected of a birth date that is a date. */
export const bornExpected = 'a date at or before today';

/** Compares by the parts that both sides have (SPEC 3): year, then month, then day. */
export function sameBirthDate(a: string, b: string): boolean {
  const shared = Math.min(a.length, b.length);
  return a.slice(0, shared) === b.slice(0, shared);
}

/** Of two that agree, the one that says more. */
export function fullerBirthDate(a: string, b: string): string {
  return b.length > a.length ? b : a;
}
