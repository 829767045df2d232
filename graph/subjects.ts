import type { Vault } from '../config/vault.js';
import type { Evidence, Subject } from '../src/domain/colour/evidence.js';
import { evidenceFact } from '../src/domain/colour/evidence.js';
import type { Graph, RowOf } from './graph.js';
import type { StoredPerson } from './queries/people.js';

/** Somebody whose colour is asked for, as the graph knows them. */
export interface KnownSubject extends Subject {
  person: StoredPerson;
  evidence: Evidence[];
  /** Whether an account is theirs, so that they are told of changes. */
  hasDevice: boolean;
}

/**
 * What the colours of people rest on, in the order in which it must be read: the version first, then the evidence, so
 * that a version never says less than it should (DESIGN section 1). Who is not known is not in the answer.
 */
export async function readSubjects(graph: Graph, vault: Vault, people: string[]): Promise<KnownSubject[]> {
  if (people.length === 0) return [];
  const persons = await graph.read('gate/people', { ids: people });
  const rows = await graph.read('status/evidence', { people: persons.map(({ id }) => id) });
  const known = new Map(rows.map((row) => [row.id, row]));
  return persons.flatMap((person) => {
    const row = known.get(person.id);
    if (!row) return [];
    return [{ person, verified: person.verified, evidence: evidenceOf(vault, person, row), hasDevice: row.hasDevice }];
  });
}

/** A person who was erased has no key, and so no evidence that could be read. */
function evidenceOf(vault: Vault, { key }: StoredPerson, row: RowOf<'status/evidence'>): Evidence[] {
  const sealed = key === null ? [] : row.evidence;
  return [
    ...sealed.map((one) => withHeld(evidenceFact.parse(vault.openFor(key!, one.sealed)), one.held)),
    ...row.cases.map(({ isolatedAt, ...one }): Evidence => ({
      kind: 'case',
      ...one,
      ...(isolatedAt !== null && { isolatedAt }),
    })),
    ...row.exposures.map(({ dose, setting, held, ...one }) => {
      const fact: Evidence = {
        kind: 'exposure',
        ...one,
        ...(dose !== null && { dose }),
        ...(setting !== null && { setting }),
      };
      return withHeld(fact, held);
    }),
  ];
}

const withHeld = (fact: Evidence, held: boolean): Evidence => (held ? { ...fact, held: true } : fact);
