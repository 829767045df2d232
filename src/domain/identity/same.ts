import { enrich } from './match.js';
import { distinct, type PersonFields } from './person.js';

/**
 * What is known of somebody who has several records (SPEC 3): the first says most, the others add what it lacks. The
 * records stay as they are, so that taking one away again leaves the rest as if it had never been there.
 */
export const fieldsOf = (records: PersonFields[]): PersonFields =>
  records.reduce((known, record) => enrich(known, record), { identifiers: [] });

/**
 * The first record of somebody who has several, once more has been learnt of them: it takes up what is new, and
 * nothing that another record said.
 */
export function takeUp(own: PersonFields, others: PersonFields[], learnt: PersonFields): PersonFields {
  const known = fieldsOf([own, ...others]);
  const said = new Set(known.identifiers.map(({ system, value }) => `${system}:${value}`));
  const fresh = learnt.identifiers.filter(({ system, value }) => !said.has(`${system}:${value}`));
  return {
    name: learnt.name === known.name ? own.name : learnt.name,
    birthDate: learnt.birthDate === known.birthDate ? own.birthDate : learnt.birthDate,
    gender: learnt.gender === known.gender ? own.gender : learnt.gender,
    phone: learnt.phone === known.phone ? own.phone : learnt.phone,
    identifiers: distinct([...own.identifiers, ...fresh]),
  };
}
