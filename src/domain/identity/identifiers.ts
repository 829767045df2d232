import { z } from 'zod';
import { normalisePhone } from './phone.js';

/** The longest value of any system, in code units (assumption). */
export const maxIdentifierLength = 256;

interface System {
  /** What a value looks like, in words for whoever typed it wrong. */
  expected: string;
  /** The value as it is compared, or undefined when it is none of this system. */
  normalise: (text: string) => string | undefined;
  /** Strong: belongs to one person, and links to that person (SPEC 3). */
  strong: boolean;
  /** A person has one for life, so that two different ones are two people (cccd, bhxh). */
  single: boolean;
}

const compact = (text: string) => text.replace(/[\s.-]/g, '').toUpperCase();
const shaped = (shape: RegExp) => (text: string) => (shape.test(compact(text)) ? compact(text) : undefined);

/** No app gives ids that hold control characters: a file in which they stand is damaged. */
const trimmed = (text: string) => (/\p{Cc}/u.test(text.trim()) ? undefined : text.normalize('NFC').trim() || undefined);

const official = (expected: string, shape: RegExp, single = false): System => ({
  expected,
  normalise: shaped(shape),
  strong: true,
  single,
});
const account = (app: string): System => ({
  expected: `an id of ${app}`,
  normalise: trimmed,
  strong: true,
  single: false,
});

/**
 * Every kind of identifier a person may be known by (SPEC 3): cards and papers, the earlier apps, and the ids of
 * imported files, which are taken exactly as they are written (SPEC 12).
 */
const table = {
  cccd: official('12 digits', /^\d{12}$/, true),
  cmnd: official('9 digits', /^\d{9}$/),
  passport: official('5 to 20 letters and digits', /^[A-Z0-9]{5,20}$/),
  bhyt: official('10 or 15 letters and digits', /^([A-Z0-9]{10}|[A-Z0-9]{15})$/),
  bhxh: official('10 digits', /^\d{10}$/, true),
  qid: official('6 to 32 digits', /^\d{6,32}$/),
  phone: { expected: 'a phone number', normalise: normalisePhone, strong: false, single: false },
  bluezone: account('Bluezone'),
  ncovi: account('NCOVI'),
  vhd: account('Vietnam Health Declaration'),
  ssk: account('Sổ sức khỏe điện tử'),
  vneid: account('VNeID'),
  import: { expected: 'an id of a file', normalise: (text) => text || undefined, strong: true, single: false },
} satisfies Record<string, System>;

export type SystemName = keyof typeof table;

/** The names of all systems, in the order of the table. */
export const systemNames = Object.keys(table) as SystemName[];

/** The longest text that names a person, `system:value`, in code units. */
export const maxPersonTextLength = Math.max(...systemNames.map(({ length }) => length)) + 1 + maxIdentifierLength;

/** One identifier, its value already in the form in which it is compared. */
export interface Identifier {
  system: SystemName;
  value: string;
}

/** Strong and single as told in the table; the compiler knows each system. */
export const systemOf = (name: SystemName): System => table[name];

export const isSystem = (text: string): text is SystemName => Object.hasOwn(table, text);

/** Half of a pair without its other half: cannot be written as UTF-8, so two such values would hash alike. */
const loneSurrogate = /\p{Surrogate}/u;

/** The value in the form in which it is compared, or undefined when it is none of this system. */
export function normaliseIdentifier(system: SystemName, text: string): string | undefined {
  if (text.length > maxIdentifierLength || loneSurrogate.test(text)) return undefined;
  return table[system].normalise(text);
}

/** An identifier as a client sends it; normalised when read. */
export const identifier = z
  .strictObject({ system: z.enum(systemNames), value: z.string().min(1).max(maxIdentifierLength) })
  .transform(({ system, value }, context): Identifier => {
    const normalised = normaliseIdentifier(system, value);
    if (normalised !== undefined) return { system, value: normalised };
    context.addIssue({ code: 'custom', path: ['value'], message: `expected ${table[system].expected}`, input: value });
    return z.NEVER;
  });

/**
 * The ways to name a person (SPEC 12), in the order in which they are tried: `system:value`, or else a bare value of
 * system `import`; whether it is an internal id is for the caller to ask, after nobody was found.
 */
export function parsePersonText(text: string): Identifier | undefined {
  const colon = text.indexOf(':');
  const system = text.slice(0, Math.max(colon, 0));
  const named: Identifier = isSystem(system)
    ? { system, value: text.slice(colon + 1) }
    : { system: 'import', value: text };
  const value = normaliseIdentifier(named.system, named.value);
  return value === undefined ? undefined : { system: named.system, value };
}
