import { readInstant } from '../../files/instant.js';
import { sameBirthDate } from '../../identity/birth-date.js';
import { foldName } from '../../identity/names.js';
import type { PersonFields } from '../../identity/person.js';
import type { CertificateData } from './schema.js';

/** What a certificate proves, in the form in which facts are told of people; instants in epoch milliseconds. */
export type CertifiedFact =
  | { kind: 'dose'; number: number; course: number; at: number }
  | { kind: 'test'; test: string; result: 'negative' | 'positive'; sampledAt: number }
  | { kind: 'recovery'; at: number };

/** Methods and results by the codes of the EU's value sets (LOINC, SNOMED CT). */
const methods = new Map([
  ['LP6464-4', 'pcr'],
  ['LP217198-3', 'antigen'],
]);
const results = new Map<string, 'negative' | 'positive'>([
  ['260415000', 'negative'],
  ['260373001', 'positive'],
]);

/** The most doses a colour reckons with. */
const maxDoses = 20;

/** The fact in a certificate, of several the last; undefined when it tells none that is known here, such as a test without a clear result. */
export function factOf({ v, t, r }: CertificateData, timezone: string): CertifiedFact | undefined {
  const [vaccination, test, recovery] = [v?.at(-1), t?.at(-1), r?.at(-1)];
  const at = instantOf(vaccination?.dt ?? test?.sc ?? recovery?.fr ?? '', timezone);
  if (at === undefined) return undefined;
  if (vaccination) {
    const { dn, sd } = vaccination;
    return dn > maxDoses || sd > maxDoses ? undefined : { kind: 'dose', number: dn, course: sd, at };
  }
  if (recovery) return { kind: 'recovery', at };
  const [method, result] = [methods.get(test!.tt), results.get(test!.tr)];
  return method && result ? { kind: 'test', test: method, result, sampledAt: at } : undefined;
}

/** A time without an offset is the start of its day: some issuers write dates that way. */
const instantOf = (text: string, timezone: string): number | undefined =>
  readInstant(text, timezone) ?? readInstant(text.slice(0, 10), timezone);

/** How a certificate's holder compares with a person; `unknown` where one side says nothing. */
export interface HolderMatch {
  name: 'matched' | 'mismatched' | 'unknown';
  birthDate: 'matched' | 'mismatched' | 'unknown';
}

/**
 * Compares a certificate's holder with a person (SPEC 2.5): it tells no number, so name and birth date must do. Family
 * and given names may stand in either order, as written or in letters A to Z.
 */
export function matchHolder(
  person: Pick<PersonFields, 'name' | 'birthDate'>,
  { nam, dob }: CertificateData,
): HolderMatch {
  const names = [
    [nam.fn, nam.gn],
    [nam.fnt, nam.gnt],
  ].map((parts) => parts.map((part) => foldName(part ?? '').join(' ')));
  const spellings = names.flatMap(([family, given]) => [`${family} ${given}`, `${given} ${family}`]);
  const name = person.name === undefined ? '' : foldName(person.name).join(' ');
  const born = dob.slice(0, 10);
  return {
    name: verdictOf(name, spellings.some((spelling) => spelling.trim() !== ''), spellings.map((one) => one.trim()).includes(name)), // prettier-ignore
    birthDate: verdictOf(person.birthDate ?? '', born !== '', sameBirthDate(person.birthDate ?? '', born)),
  };
}

function verdictOf(known: string, isTold: boolean, same: boolean): HolderMatch['name'] {
  if (known === '' || !isTold) return 'unknown';
  return same ? 'matched' : 'mismatched';
}
