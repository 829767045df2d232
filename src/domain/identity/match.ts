import { fullerBirthDate, sameBirthDate } from './birth-date.js';
import { systemOf, systemNames, type SystemName } from './identifiers.js';
import { sameName } from './names.js';
import { distinct, type PersonFields } from './person.js';

/** A field that two records of one identifier can disagree on. */
export type MatchField = 'name' | 'birthDate' | 'gender' | SystemName;

/** What comparing a known person with a record of the same strong identifier shows (SPEC 3). */
export type Verdict =
  | { verdict: 'matched' }
  | { verdict: 'mismatched'; fields: MatchField[] }
  /** Nothing that both sides have could be compared: the identifier alone speaks. */
  | { verdict: 'unverified' }
  /** The two share no strong identifier, so nothing links them. */
  | { verdict: 'no-id' };

/**
 * Compares what both sides have. One that shares a strong identifier and disagrees in nothing is the same person; a
 * phone number is never compared: people change it and share it.
 */
export function match(known: PersonFields, given: PersonFields): Verdict {
  if (!shareStrong(known, given)) return { verdict: 'no-id' };
  const compared = [...comparePersonal(known, given), ...compareSingles(known, given)];
  const fields = compared.filter(({ same }) => !same).map(({ field }) => field);
  if (fields.length) return { verdict: 'mismatched', fields };
  const confirmed = compared.some(({ field }) => field === 'name' || field === 'birthDate');
  return { verdict: confirmed ? 'matched' : 'unverified' };
}

interface Compared {
  field: MatchField;
  same: boolean;
}

function comparePersonal(known: PersonFields, given: PersonFields): Compared[] {
  const both = <T>(field: MatchField, a: T | undefined, b: T | undefined, same: (a: T, b: T) => boolean): Compared[] =>
    a === undefined || b === undefined ? [] : [{ field, same: same(a, b) }];
  return [
    ...both('name', known.name, given.name, sameName),
    ...both('birthDate', known.birthDate, given.birthDate, sameBirthDate),
    ...both('gender', known.gender, given.gender, (a, b) => a === b),
  ];
}

/**
 * Two different numbers of a kind of which a person has one for life are two people; but whoever has two by the decision
 * of an officer, who linked them, is still known by each.
 */
function compareSingles(known: PersonFields, given: PersonFields): Compared[] {
  return systemNames
    .filter((system) => systemOf(system).single)
    .filter((system) => valuesOf(known, system).length > 0 && valuesOf(given, system).length > 0)
    .map((system) => ({
      field: system,
      same: valuesOf(given, system).every((value) => valuesOf(known, system).includes(value)),
    }));
}

const valuesOf = ({ identifiers }: PersonFields, system: SystemName): string[] =>
  identifiers.filter((each) => each.system === system).map(({ value }) => value);

function shareStrong(known: PersonFields, given: PersonFields): boolean {
  return given.identifiers.some(
    ({ system, value }) => systemOf(system).strong && valuesOf(known, system).includes(value),
  );
}

/**
 * What is known once a compatible record has been added: fields that were missing, a birth date that says more, new
 * identifiers. What is known already stays as it is.
 */
export function enrich(known: PersonFields, given: PersonFields): PersonFields {
  return {
    name: known.name ?? given.name,
    birthDate: fullerBirthDate(known.birthDate ?? '', given.birthDate ?? '') || undefined,
    gender: known.gender ?? given.gender,
    phone: known.phone ?? given.phone,
    identifiers: distinct([...known.identifiers, ...given.identifiers]),
  };
}

/** A text that is equal for records that say the same, their identifiers in any order. */
export function fingerprint({ name, birthDate, gender, phone, identifiers }: PersonFields): string {
  const known = identifiers.map(({ system, value }) => `${system}:${value}`).sort();
  return JSON.stringify([name ?? null, birthDate ?? null, gender ?? null, phone ?? null, known]);
}

/** Whether two records say the same. */
export const sameFields = (a: PersonFields, b: PersonFields): boolean => fingerprint(a) === fingerprint(b);
