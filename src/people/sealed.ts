import type { Vault } from '../../config/vault.js';
import type { StoredPerson } from '../../graph/queries/people.js';
import { systemOf, type Identifier } from '../domain/identity/identifiers.js';
import { foldName } from '../domain/identity/names.js';
import type { PersonFields } from '../domain/identity/person.js';
import type { KnownPerson } from '../domain/identity/register.js';

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

/** Reads a stored person; one who was erased, or never described, has no fields. */
export function openPerson(vault: Vault, { id, version, verified, key, sealed }: StoredPerson): KnownPerson {
  const fields = key !== null && sealed !== null ? (vault.openFor(key, sealed) as PersonFields) : { identifiers: [] };
  return { id, version, verified, fields };
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
