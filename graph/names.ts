import type { Vault } from '../config/vault.js';
import type { PersonFields } from '../src/domain/identity/person.js';
import type { Graph } from './graph.js';

/** People whose records are read at once. */
const peoplePerRead = 2_000;

/**
 * What files call these people (SPEC 12): the value of their identifier of system `import`; who has none is left out,
 * and is called by the internal id. So is somebody whose record does not open: one damaged record must not cut off an
 * export or a trace, and the audit tells of it.
 */
export async function importNames(
  graph: Pick<Graph, 'read'>,
  vault: Vault,
  people: string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let at = 0; at < people.length; at += peoplePerRead) {
    const rows = await graph.read('exports/people', { ids: people.slice(at, at + peoplePerRead) });
    for (const { id, records } of rows) {
      const name = records.map(({ key, sealed }) => importNameIn(vault, key, sealed)).find((one) => one !== undefined);
      if (name !== undefined) names.set(id, name);
    }
  }
  return names;
}

function importNameIn(vault: Vault, key: string, sealed: string): string | undefined {
  try {
    const { identifiers } = vault.openFor(key, sealed) as PersonFields;
    return identifiers.find(({ system }) => system === 'import')?.value;
  } catch {
    return undefined;
  }
}
