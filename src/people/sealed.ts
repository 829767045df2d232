import type { Vault } from '../../config/vault.js';
import type { StoredPerson } from '../../graph/queries/people.js';
import { systemOf, type Identifier } from '../domain/identity/identifiers.js';
import { foldName } from '../domain/identity/names.js';
import type { PersonFields } from '../domain/identity/person.js';
import type { KnownPerson } from '../domain/identity/register.js';
import { fieldsOf, takeUp } from '../domain/identity/same.js';

/** What the graph keeps of a person's fields: nothing that can be read without the vault. */
export interface SealedFields {
  sealed: string;
  nameKeys: string;
}

/** Seals what is known of a person under their own key, with the hashes their name is found by. */
export function sealFields(vault: Vault, wrappedKey: string, fields: PersonFields): SealedFields {
  return {
    sealed: vault.sealFor(wrappedKey, fields),
    nameKeys: fields.name === undefined ? '' : vault.nameKeys(foldName(fields.name)),
  };
}

/** Reads a stored person with the records of who is linked to them; one who was erased, or never described, has none. */
export function openPerson(vault: Vault, stored: StoredPerson): KnownPerson {
  const { id, version, others } = stored;
  const verified = stored.verified || others.some((other) => other.verified);
  const { own, linked } = recordsOf(vault, stored);
  const records = [own, ...linked];
  return { id, version, verified, ...(linked.length ? { fields: fieldsOf(records), records } : { fields: own }) };
}

/** What a person's own record says once more has been learnt: nothing that the record of somebody linked said. */
export function ownPart(vault: Vault, stored: StoredPerson, learnt: Pick<KnownPerson, 'verified' | 'fields'>) {
  if (stored.others.length === 0) return learnt;
  const { own, linked } = recordsOf(vault, stored);
  const wasVerified = stored.others.some(({ verified }) => verified);
  const verified = wasVerified ? stored.verified : learnt.verified;
  return { verified, fields: takeUp(own, linked, learnt.fields) };
}

function recordsOf(vault: Vault, { key, sealed, others }: StoredPerson): { own: PersonFields; linked: PersonFields[] } {
  const open = (by: string, text: string) => vault.openFor(by, text) as PersonFields;
  const own = key !== null && sealed !== null ? open(key, sealed) : { identifiers: [] };
  return { own, linked: others.map((other) => open(other.key, other.sealed)) };
}

/** What an identifier is found by in the graph. */
export const keyOf = (vault: Vault, { system, value }: Identifier): string => vault.identifierKey(system, value);

/** The rows that make identifiers lead to a person (people/know). */
export function knownBy(vault: Vault, { id, fields }: KnownPerson) {
  return fields.identifiers.map((each) => ({
    person: id,
    key: keyOf(vault, each),
    system: each.system,
    strong: systemOf(each.system).strong,
  }));
}
