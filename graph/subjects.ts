import type { Vault } from '../config/vault.js';
import type { Evidence, Subject } from '../src/domain/colour/evidence.js';
import { evidenceFact } from '../src/domain/colour/evidence.js';
import type { PersonFields } from '../src/domain/identity/person.js';
import { fieldsOf } from '../src/domain/identity/same.js';
import type { Graph, RowOf } from './graph.js';
import type { SubjectRow } from './queries/gate.js';

/** Somebody whose colour is asked for, as the graph knows them, whoever else they are the same person as. */
export interface KnownSubject extends Subject {
  person: SubjectRow;
  fields: PersonFields;
  evidence: Evidence[];
  /** Whether an account is theirs, so that they are told of changes. */
  hasDevice: boolean;
}

/**
 * What the colours of people rest on, from one walk that takes the version of each before their evidence, so that a
 * version never says more than its evidence (DESIGN section 1). Who is not known is not in the answer. Somebody whose
 * record cannot be opened is told to `unreadable`, which throws unless it is given: one damaged record must not keep a
 * whole batch from its colours.
 */
export async function readSubjects(
  { graph, vault }: { graph: Graph; vault: Vault },
  people: string[],
  unreadable: (person: string, error: Error) => void = refuse,
): Promise<KnownSubject[]> {
  if (people.length === 0) return [];
  const rows = await graph.read('status/subjects', { people });
  return rows.flatMap((row) => {
    try {
      return [openSubject(vault, row)];
    } catch (error) {
      unreadable(row.id, error as Error);
      return [];
    }
  });
}

function refuse(_person: string, error: Error): never {
  throw error;
}

function openSubject(vault: Vault, row: RowOf<'status/subjects'>): KnownSubject {
  const { evidence, cases, exposures, hasDevice, ...person } = row;
  const { verified, records } = person;
  const fields = fieldsOf(records.map(({ key, sealed }) => vault.openFor(key, sealed) as PersonFields));
  return { person, fields, verified, evidence: evidenceOf(vault, { evidence, cases, exposures }), hasDevice };
}

/** A person who was erased has no key, and so no evidence that could be read. */
export function evidenceOf(
  vault: Vault,
  row: Pick<RowOf<'status/subjects'>, 'evidence' | 'cases' | 'exposures'>,
): Evidence[] {
  // Facts of one person lie under one key: it is unwrapped once.
  const openers = new Map<string, (sealed: string) => unknown>();
  const open = (key: string, sealed: string) => {
    const opener = openers.get(key) ?? vault.opener(key);
    openers.set(key, opener);
    return opener(sealed);
  };
  return [
    ...row.evidence.map(({ key, sealed, held }) => withHeld(evidenceFact.parse(open(key, sealed)), held)),
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
