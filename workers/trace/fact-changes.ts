import type { Redis } from 'ioredis';
import type { Graph } from '../../graph/graph.js';
import { daysTouched } from '../../src/domain/stay/day.js';
import { longestLingerMinutes } from '../../src/domain/policy/contact.js';
import { unpackRelinked } from '../../src/fold-news.js';
import type { Positions } from '../../src/positions.js';
import { bodyField, comparePositions, factStream, kindOf, unpackFacts, type Fact } from '../../src/streams.js';
import { entriesOf, reachMs, spanOf } from './fact-span.js';

/** Entries of one shard looked at together; each holds up to 2,000 facts (assumption). */
const entriesPerRead = 50;

/** Air may hang for so long after a carrier left, perhaps into the next day. */
const lingerMs = longestLingerMinutes * 60_000;

/** Somebody whose stays may have changed, or a day of a venue (`venue|yyyymmdd`) on which some may have. */
export type MayChange = { person: string } | { day: string };

/** What facts may have changed, by themselves: nothing is known of what was before. */
export interface FactChanges {
  /** All before it has been looked at; nothing is told when some of it is gone. */
  to: Positions;
  changes: MayChange[] | undefined;
  /** Whether there is more. */
  more: boolean;
}

/** Reads facts of all shards, up to where presence has folded them. */
export async function readFactChanges(
  { graph, redis }: { graph: Pick<Graph, 'read'>; redis: Redis },
  from: Positions,
  folded: Positions,
  mayBeTrimmed: boolean,
): Promise<FactChanges> {
  const [facts, to]: [Fact[], string[]] = [[], []];
  for (const [shard, position] of from.entries()) {
    const stream = factStream(shard);
    if (comparePositions(position, folded[shard]!) >= 0) {
      to.push(position);
      continue;
    }
    const part = { stream, from: position, folded: folded[shard]!, atMost: entriesPerRead, mayBeTrimmed };
    const entries = await entriesOf(redis, part);
    if (!entries) return { to: folded, changes: undefined, more: true };
    to.push(entries.length < entriesPerRead ? folded[shard]! : entries.at(-1)![0]);
    for (const [, [field, body = '']] of entries) if (field === bodyField) facts.push(...unpackFacts(body));
  }
  const more = to.some((position, shard) => position !== folded[shard]);
  return { to, changes: facts.length > 0 ? await changesOf(graph, facts) : [], more };
}

async function changesOf(graph: Pick<Graph, 'read'>, facts: Fact[]): Promise<MayChange[]> {
  const days = new Set<string>();
  const since = sinceOf(facts, days);
  // Scans of somebody who is linked to another change the stays of that other.
  for (const { id, root } of await graph.read('people/roots', { ids: [...since.keys()] })) {
    since.set(root, Math.min(since.get(root) ?? Infinity, since.get(id)!));
  }
  const asked = { people: [...since.keys()], sincesMs: [...since.values()] };
  for (const { key, in: from, out } of await graph.read('cases/stays_since', asked)) {
    addDays(days, key.slice(0, key.lastIndexOf('|')), from, out);
  }
  return [...asked.people.map((person) => ({ person })), ...[...days].map((day) => ({ day }))];
}

/** Since when the stays of people may be others; `days` takes where facts say that they were. */
function sinceOf(facts: Fact[], days: Set<string>): Map<string, number> {
  const since = new Map<string, number>();
  const from = (person: string, ms: number) => since.set(person, Math.min(since.get(person) ?? Infinity, ms));
  for (const { person, line } of facts) {
    if (kindOf(line) === 'm') for (const other of unpackRelinked(line)) from(other, 0);
    const span = spanOf(line);
    from(person, span ? span.from - reachMs : Number.MAX_SAFE_INTEGER);
    if (span?.venue !== undefined) addDays(days, span.venue, span.from, span.to);
  }
  return since;
}

/** The days of a venue on which whoever was there in time may have been met. */
export function addDays(days: Set<string>, venue: string, from: number, to: number): void {
  for (const day of daysTouched(from - lingerMs, to)) days.add(`${venue}|${day}`);
}

/** The cases that changes may touch, as far as the graph knows: rather one too many than one too few. */
export async function touchedInGraph(graph: Pick<Graph, 'read'>, changes: readonly MayChange[]): Promise<string[]> {
  if (changes.length === 0) return [];
  const people = changes.flatMap((change) => ('person' in change ? [change.person] : []));
  const keys = changes.flatMap((change) => ('day' in change ? [change.day] : []));
  return (await graph.read('cases/touched_by', { people, keys })).map(({ id }) => id);
}
