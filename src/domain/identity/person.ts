import { z } from 'zod';
import { isBirthDate } from './birth-date.js';
import { identifier, type Identifier } from './identifiers.js';
import { maxNameLength } from './names.js';
import { normalisePhone } from './phone.js';

export const genders = ['male', 'female'] as const;
export type Gender = (typeof genders)[number];

/** What is known of a person: sealed at rest, compared when another source tells of the same person. */
export interface PersonFields {
  name?: string;
  birthDate?: string;
  gender?: Gender;
  phone?: string;
  identifiers: Identifier[];
}

/** Identifiers one request may bring: more than there are systems, with room for old cards (assumption). */
const maxIdentifiers = 32;

const hidden = /[\p{Cc}\p{Surrogate}]/u;
const letter = /[\p{L}\p{N}]/u;

/** A name as it is kept, or undefined when the text is none. */
export function normaliseName(text: string): string | undefined {
  const kept = text.normalize('NFC').trim();
  return kept.length > maxNameLength || hidden.test(kept) || !letter.test(kept) ? undefined : kept;
}

const name = z
  .string()
  .max(maxNameLength)
  .transform((text, context): string => {
    const kept = normaliseName(text);
    if (kept !== undefined) return kept;
    context.addIssue({ code: 'custom', message: 'expected a name: letters, no control characters', input: text });
    return z.NEVER;
  });

const birthDate = z.string().refine(isBirthDate, 'expected a date, YYYY-MM-DD, YYYY-MM or YYYY');

const phone = z
  .string()
  .max(40)
  .transform((text, context): string => {
    const normalised = normalisePhone(text);
    if (normalised !== undefined) return normalised;
    context.addIssue({ code: 'custom', message: 'expected a phone number', input: text });
    return z.NEVER;
  });

/** A person as a client or a file describes them; a phone is an identifier too, of the weak kind. */
export const personFields = z
  .strictObject({
    identifiers: z.array(identifier).max(maxIdentifiers).default([]),
    name: name.optional(),
    birthDate: birthDate.optional(),
    gender: z.enum(genders).optional(),
    phone: phone.optional(),
  })
  .transform(withPhone)
  .refine(({ identifiers, name: given }) => identifiers.length > 0 || given !== undefined, {
    message: 'expected an identifier or a name',
    path: ['identifiers'],
  });

/** Adds the phone to the identifiers, or takes it from them, and says every identifier once. */
export function withPhone(given: PersonFields): PersonFields {
  const number = given.phone ?? given.identifiers.find(({ system }) => system === 'phone')?.value;
  if (number === undefined) return { ...given, identifiers: distinct(given.identifiers) };
  const identifiers = distinct([...given.identifiers, { system: 'phone', value: number }]);
  return { ...given, phone: number, identifiers };
}

/** Every identifier once, first come first. */
export function distinct(identifiers: Identifier[]): Identifier[] {
  const bySystemAndValue = new Map(identifiers.map((each) => [`${each.system}:${each.value}`, each]));
  return [...bySystemAndValue.values()];
}
