import { isBirthDate } from '../identity/birth-date.js';
import { normaliseIdentifier, systemOf, type Identifier, type SystemName } from '../identity/identifiers.js';
import { foldName, maxNameLength } from '../identity/names.js';
import type { Gender, PersonFields } from '../identity/person.js';
import { contradictions, type Flag } from './id-number.js';

/** A paper that says who somebody is, without a signature: it identifies and proves nothing. */
export interface IdentityCode {
  kind: 'personal-qr' | 'chip-card' | 'insurance-card';
  /** What the system may know the person by; the surest identifier first. */
  person: PersonFields;
  /** Everything the paper says, by the names of its fields, as it was read. */
  fields: Record<string, string>;
  flags: Flag[];
}

/** What a reader of one kind found, still as text. */
export interface Paper {
  kind: IdentityCode['kind'];
  identifiers: [SystemName, string][];
  name: string;
  /** `YYYY-MM-DD` as far as it is known, or empty; undefined when something stands there that is no date. */
  birthDate: string | undefined;
  gender?: Gender | undefined;
  phone?: string | undefined;
  /** More that the paper says; empty texts are left out. */
  more: Record<string, string | undefined>;
  flags: Flag[];
}

/** Lost letters: what cheap readers put in place of those they cannot type. */
const lost = /[?\ufffd]/;
const hidden = /[\p{Cc}\p{Surrogate}]/u;

/** Puts a paper into the form all of them share. */
export function identityCode(paper: Paper): IdentityCode {
  const { kind, gender } = paper;
  const identifiers = paper.identifiers.flatMap(([system, text]) => identifierOf(system, text));
  const phone = paper.phone ? normaliseIdentifier('phone', paper.phone) : undefined;
  if (phone !== undefined) identifiers.push({ system: 'phone', value: phone });
  const name = nameOf(paper.name);
  const birthDate = paper.birthDate || undefined;
  const told = { ...(birthDate !== undefined && { birthDate }), ...(gender !== undefined && { gender }) };
  const number = paper.identifiers.find(([system]) => system === 'cccd')?.[1] ?? '';
  const flags = [
    ...paper.flags,
    ...contradictions(number, told),
    ...(paper.birthDate === undefined ? (['birth-date-unreadable'] as const) : []),
    ...(name === undefined && paper.name !== '' ? (['name-unreadable'] as const) : []),
  ];
  const person = {
    identifiers,
    ...(name !== undefined && { name }),
    ...told,
    ...(phone !== undefined && { phone }),
  };
  const fields = present({ name, birthDate, gender, phone: phone ?? paper.phone, ...paper.more });
  return { kind, person, fields, flags };
}

/** Whether somebody can be known by this code: a phone number alone names nobody, for families share it (SPEC 3). */
export const namesSomebody = ({ person }: IdentityCode): boolean =>
  person.identifiers.some(({ system }) => systemOf(system).strong);

function identifierOf(system: SystemName, text: string): Identifier[] {
  const value = normaliseIdentifier(system, text);
  return value === undefined ? [] : [{ system, value }];
}

/** A name in one spelling of its spaces; undefined when letters were lost on the way, for it would compare as another. */
function nameOf(text: string): string | undefined {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const isName = name.length <= maxNameLength && !lost.test(name) && !hidden.test(name) && foldName(name).length > 0;
  return isName ? name : undefined;
}

function present(fields: Record<string, string | undefined>): Record<string, string> {
  const told = Object.entries(fields).filter(([, text]) => text !== undefined && text !== '');
  return Object.fromEntries(told) as Record<string, string>;
}

/** `18011987` as `1987-01-18`; `00001987` and `1987` as the year alone; empty stays empty. */
export function dateOfDigits(text: string): string | undefined {
  if (text === '') return '';
  if (/^\d{4}$/.test(text)) return dateOrNothing(text);
  const [, day, month, year] = /^(\d\d)(\d\d)(\d{4})$/.exec(text) ?? [];
  return year === undefined ? undefined : dateOrNothing(withoutZeros(year, month!, day!));
}

/** `18/01/1987` as `1987-01-18`, `01/1987` as the month, `1987` as the year; empty stays empty. */
export function dateOfSlashes(text: string): string | undefined {
  if (text === '') return '';
  const parts = text.split('/');
  if (parts.length > 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const [year = '', month = '00', day = '00'] = parts.reverse();
  return year.length === 4
    ? dateOrNothing(withoutZeros(year, month.padStart(2, '0'), day.padStart(2, '0')))
    : undefined;
}

/** What is not known stands as zeros on the papers of people who never learnt their birthday. */
function withoutZeros(year: string, month: string, day: string): string {
  if (month === '00') return year;
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`;
}

const dateOrNothing = (text: string): string | undefined => (isBirthDate(text) ? text : undefined);
