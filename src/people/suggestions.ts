import { newId } from '../../config/ids.js';
import type { Vault } from '../../config/vault.js';
import type { Graph } from '../../graph/graph.js';
import { sameBirthDate } from '../domain/identity/birth-date.js';
import { foldName } from '../domain/identity/names.js';
import type { PersonFields } from '../domain/identity/person.js';
import type { KnownPerson } from '../domain/identity/register.js';
import type { RepairRow } from './repairs.js';
import { keyOf } from './sealed.js';

/** A phone that more people share, such as an office's, suggests nothing (assumption). */
const mostPerPhone = 50;

/** Somebody with all that a suggestion goes by. */
interface Described {
  person: string;
  phone: string;
  nameKeys: string;
  birthDate: string;
}

/**
 * People who may be one: the same name, birth date and phone, and no identifier in common (SPEC 3). Nobody is linked by
 * it; a person confirms. A shared phone alone suggests nothing.
 */
export async function suggestionsOf(
  { graph, vault }: { graph: Graph; vault: Vault },
  people: KnownPerson[],
): Promise<RepairRow[]> {
  const described = people.flatMap((person) => describe(vault, person));
  if (described.length === 0) return [];
  const rows = described.map(({ person, phone, nameKeys }) => ({ person, phone, nameKeys }));
  const alike = await graph.read('repairs/alike', { rows, most: mostPerPhone });
  const birthDates = new Map(described.map(({ person, birthDate }) => [person, birthDate]));
  const pairs = [...among(described)];
  for (const { person, other, key, sealed } of alike) {
    const { birthDate } = vault.openFor(key, sealed) as PersonFields;
    if (birthDate && sameBirthDate(birthDate, birthDates.get(person)!)) pairs.push([person, other]);
  }
  return [...new Map(pairs.map((pair) => suggestion(vault, pair)).map((row) => [row.key, row])).values()];
}

function describe(vault: Vault, { id, fields }: KnownPerson): Described[] {
  const { name, birthDate, phone } = fields;
  if (name === undefined || birthDate === undefined || phone === undefined) return [];
  const nameKeys = vault.nameKeys(foldName(name));
  return [{ person: id, phone: keyOf(vault, { system: 'phone', value: phone }), nameKeys, birthDate }];
}

/** Pairs within one batch, which the graph does not hold yet. */
function* among(described: Described[]): Generator<[string, string]> {
  const groups = new Map<string, Described[]>();
  for (const one of described) {
    const key = `${one.phone} ${one.nameKeys}`;
    const group = groups.get(key) ?? [];
    for (const other of group.slice(0, mostPerPhone)) {
      if (sameBirthDate(one.birthDate, other.birthDate)) yield [other.person, one.person];
    }
    groups.set(key, [...group, one]);
  }
}

function suggestion(vault: Vault, pair: [string, string]): RepairRow {
  const people = [...pair].sort();
  const reasons = people.map((person) => ({ person, found: { verdict: 'no-id' } }));
  const key = vault.hash(`suggestion\0${people.join(' ')}`);
  return { id: newId(), key, kind: 'suggestion', people, reasons: JSON.stringify(reasons), sealed: null };
}
