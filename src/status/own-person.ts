import type { Graph } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';

/**
 * The person of a citizen; undefined while their account has none yet. A token may be older than its person, and than
 * the link that makes its person somebody else.
 */
export async function ownPerson(graph: Graph, caller: Caller): Promise<string | undefined> {
  if (caller.person !== undefined) {
    const [linked] = await graph.read('people/roots', { ids: [caller.person] });
    return linked?.root ?? caller.person;
  }
  const [row] = await graph.read('people/of_account', { account: caller.id });
  return row?.person;
}
