import { DateTime } from 'luxon';

const shape = /^\d{4}(-\d{2}){0,2}$/;

/** The earliest year a birth date may name: nobody alive is older (assumption, with room). */
const firstYear = 1850;

/** Whether a text is a birth date as far as it is known: `1987`, `1987-01` or `1987-01-18`, and in the calendar. */
export function isBirthDate(text: string): boolean {
  return shape.test(text) && DateTime.fromISO(text).isValid && Number(text.slice(0, 4)) >= firstYear;
}

/** Compares by the parts that both sides have (SPEC 3): year, then month, then day. */
export function sameBirthDate(a: string, b: string): boolean {
  const shared = Math.min(a.length, b.length);
  return a.slice(0, shared) === b.slice(0, shared);
}

/** Of two that agree, the one that says more. */
export function fullerBirthDate(a: string, b: string): string {
  return b.length > a.length ? b : a;
}
