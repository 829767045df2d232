import { sameBirthDate } from './birth-date.js';
import { sameName } from './names.js';
import type { PersonFields } from './person.js';

/**
 * How many identifiers of a record are those of a person: numbers and ids, the phone, the name, the date of birth, each
 * one. Two is what a laboratory result needs before it may turn anybody red (SPEC section 9).
 */
export function agreeing(known: PersonFields, given: PersonFields): number {
  const numbers = given.identifiers.filter(({ system, value }) =>
    known.identifiers.some((each) => each.system === system && each.value === value),
  );
  const { name, birthDate } = given;
  const isName = name !== undefined && known.name !== undefined && sameName(known.name, name);
  const isBorn = birthDate !== undefined && known.birthDate !== undefined && sameBirthDate(known.birthDate, birthDate);
  return numbers.length + Number(isName) + Number(isBorn);
}
