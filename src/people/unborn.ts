import { bornExpected, isBornBy } from '../domain/identity/birth-date.js';
import type { PersonFields } from '../domain/identity/person.js';
import { Problem } from '../http/problem.js';

/** Whoever is yet to be born is a slip of the hand; refused as other wrong inputs are. */
export function refuseUnborn({ birthDate }: PersonFields, nowMs: number): void {
  if (birthDate === undefined || isBornBy(birthDate, nowMs)) return;
  const errors = [{ path: 'birthDate', expected: bornExpected, got: 'a later one' }];
  throw new Problem(422, 'bad-input', 'The input does not fit.', { errors });
}
