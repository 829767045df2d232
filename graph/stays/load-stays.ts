import type { Graph } from '../graph.js';
import { knownStays } from './known-stays.js';
import { StayTable } from './stay-table.js';

/** Days of venues looked up, and those read at once: some ten thousand stays (assumption). */
const daysPerPage = 2_000;
const daysPerRead = 200;

/** How far reading has come. */
export interface LoadProgress {
  days: number;
  ofDays: number;
  /** Stays, each on every day that it touches. */
  rows: number;
  ofRows: number;
}

/** Reads all stays out of the graph. What changes meanwhile may be missed, so it has to be told afterwards. */
export async function loadStays(
  graph: Pick<Graph, 'read'>,
  onProgress: (so: LoadProgress) => void,
): Promise<StayTable> {
  const table = new StayTable();
  const [total] = await graph.read('stays/count', {});
  const so = { days: 0, ofDays: total?.days ?? 0, ofRows: total?.stays ?? 0 };
  for (let after = ''; ;) {
    const page = await graph.read('stays/days_after', { after, limit: daysPerPage });
    for (let at = 0; at < page.length; at += daysPerRead) {
      const keys = page.slice(at, at + daysPerRead).map(({ key }) => key);
      await loadDays(graph, keys, table);
      so.days += keys.length;
      onProgress({ ...so, rows: table.length });
    }
    if (page.length < daysPerPage) return table;
    after = page.at(-1)!.key;
  }
}

async function loadDays(graph: Pick<Graph, 'read'>, keys: string[], table: StayTable): Promise<void> {
  const [fromsMs, tosMs] = [keys.map(() => 0), keys.map(() => Number.MAX_SAFE_INTEGER)];
  for (const { people, ...columns } of await graph.read('cases/stays_at_days', { keys, fromsMs, tosMs })) {
    for (const { facts, ...stay } of knownStays(columns, (at) => people[at]!)) table.add(stay, facts);
  }
}
