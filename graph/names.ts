import type { Vault } from '../config/vault.js';
import type { PersonFields } from '../src/domain/identity/person.js';
import type { Graph } from './graph.js';

/** People whose records are read at once. */
const peoplePerRead = 2_000;

/**
 * What files call these people (SPEC 12): the value of their identifier of system `import`; who has none is left out,
 * and is called by the internal id.
 */
export async function importNames(
  graph: Pick<Graph, 'read'>,
  vault: Vault,
  people: string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let at = 0; at < people.length; at += peoplePerRead) {
    const rows = await graph.read('exports/people', { ids: people.slice(at, at + peoplePerRead) });
    for (const { id, key, sealed } of rows) {
      if (key === null || sealed === null) continue;
      const { identifiers } = vault.openFor(key, sealed) as PersonFields;
      const name = identifiers.find(({ system }) => system === 'import')?.value;
      if (name !== undefined) names.set(id, name);
    }
  }
  return names;
}
