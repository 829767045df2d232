import { newId } from '../../config/ids.js';
import type { Vault } from '../../config/vault.js';
import { fingerprint } from '../domain/identity/match.js';
import type { PersonFields } from '../domain/identity/person.js';
import type { Outcome } from '../domain/identity/register.js';

/** A record that contradicts people who are known, or people who may be one, as it is queued (people/queue_repair). */
export interface RepairRow {
  id: string;
  key: string;
  kind: 'conflict' | 'suggestion';
  people: string[];
  reasons: string;
  sealed: string | null;
}

/**
 * What is queued of one record, or nothing when it contradicts nobody. The record is sealed under the key of one of its
 * people, so that erasing that person erases it too; the same record against the same people has the same key.
 */
export function repairOf(
  vault: Vault,
  { record, outcome, keys }: { record: PersonFields; outcome: Outcome; keys: Map<string, string> },
): RepairRow | undefined {
  if (outcome.outcome !== 'conflict') return undefined;
  const people = outcome.reasons.map(({ person }) => person).sort();
  return {
    id: newId(),
    key: vault.hash(`repair\0${people.join(' ')}\0${fingerprint(record)}`),
    kind: 'conflict',
    people,
    reasons: JSON.stringify(outcome.reasons),
    sealed: vault.sealFor(keys.get(people[0]!)!, record),
  };
}
