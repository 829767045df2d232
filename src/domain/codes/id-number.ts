import type { Gender } from '../identity/person.js';

/** What the 12 digits of a Vietnamese ID number say by themselves: `PPPCYYnnnnnn` (SPEC 2.3). */
export interface IdNumber {
  /** Province of birth registration of the 63-province era; above 99 a country. */
  place: string;
  gender: Gender;
  birthYear: number;
}

const form = /^\d{12}$/;

/** Reads the digits; undefined of anything else. `C` is twice the century after 1900, plus one of a woman. */
export function readIdNumber(text: string): IdNumber | undefined {
  if (!form.test(text)) return undefined;
  const century = Number(text[3]);
  return {
    place: text.slice(0, 3),
    gender: century % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + 100 * Math.floor(century / 2) + Number(text.slice(4, 6)),
  };
}

/** What a code says that does not fit together, or cannot be used; a guard looks twice, nobody is turned away for it. */
export const flags = [
  'id-number-birth-year-differs',
  'id-number-gender-differs',
  'birth-date-unreadable',
  'name-unreadable',
  'masked',
  'retyped',
  'no-end-mark',
] as const;
export type Flag = (typeof flags)[number];

/** Where an ID number contradicts what stands beside it: flagged, never rejected (SPEC 2.2). */
export function contradictions(text: string, told: { birthDate?: string; gender?: Gender }): Flag[] {
  const number = readIdNumber(text);
  if (!number) return [];
  const found: Flag[] = [];
  if (told.birthDate !== undefined && Number(told.birthDate.slice(0, 4)) !== number.birthYear)
    found.push('id-number-birth-year-differs');
  if (told.gender !== undefined && told.gender !== number.gender) found.push('id-number-gender-differs');
  return found;
}
