import type { Redis } from 'ioredis';
import { newId } from '../config/ids.js';
import { step, type Graph, type Step } from '../graph/graph.js';
import { dayKey } from '../src/domain/stay/day.js';
import { bodyField, unpackFacts, type Fact } from '../src/streams.js';

/** Entries of one transaction: 5,000 scans of the backlog, the size that writes fastest here. */
const entriesPerBatch = 25;

/** What the loader reads of a packed scan; the fields' order is that of `stay/packed.ts`. */
type Packed = ['s', string, string, string, string, null, string, 'in' | 'out', number, number, number, string];

interface Stay {
  person: string;
  venue: string;
  zone: string;
  in: number;
  out: number;
  trust: number;
}

/**
 * Loads one stored backlog into the graph as fast as by hand: no check, no memory of anybody's past, every scan in
 * order and every visit within one day; the next batch is read and paired while the last one is written.
 */
export async function load(graph: Graph, redis: Redis, stream: string): Promise<void> {
  const inside = new Map<string, Packed>();
  const days = new Set<string>();
  let position = '0-0';
  let written: Promise<unknown> = Promise.resolve();
  for (;;) {
    const [[, entries] = ['', []]] = (await redis.xread('COUNT', entriesPerBatch, 'STREAMS', stream, position)) ?? [];
    const last = entries.at(-1)?.[0];
    if (last === undefined) break;
    const facts = entries.flatMap(([, fields]) => unpackFacts(fields[fields.indexOf(bodyField) + 1]!));
    const steps = [
      step('presence/move', { stream, from: position, to: last }),
      addScans(facts),
      ...addStays(pair(facts, inside), days),
    ];
    position = last;
    await written;
    written = graph.writeAll(steps);
  }
  await written;
}

/** Visits that end in these facts. */
function pair(facts: Fact[], inside: Map<string, Packed>): Stay[] {
  const stays: Stay[] = [];
  for (const { person, line } of facts) {
    const scan = JSON.parse(line) as Packed;
    const from = inside.get(person);
    if (scan[7] === 'in') inside.set(person, scan);
    else if (from) stays.push({ person, venue: scan[3], zone: scan[6], in: from[8], out: scan[8], trust: scan[10] });
  }
  return stays;
}

function addScans(facts: Fact[]): Step {
  const lines = new Map<string, string[]>();
  for (const { person, line } of facts) {
    const key = `${person}|${dayKey((JSON.parse(line) as Packed)[8])}`;
    const own = lines.get(key);
    if (own) own.push(line);
    else lines.set(key, [line]);
  }
  const keys = [...lines.keys()];
  const [people, days] = [keys.map((key) => key.split('|')[0]!), keys.map((key) => key.split('|')[1]!)];
  return step('presence/add_scans', { people, keys, days, lines: [...lines.values()] });
}

function addStays(stays: Stay[], known: Set<string>): Step[] {
  const keys = stays.map((stay) => `${stay.venue}|${dayKey(stay.in)}`);
  const fresh = [...new Set(keys)].filter((key) => !known.has(key));
  for (const key of fresh) known.add(key);
  const [venues, days] = [fresh.map((key) => key.split('|')[0]!), fresh.map((key) => key.split('|')[1]!)];
  const column = <T>(get: (stay: Stay) => T): T[] => stays.map(get);
  return [
    ...(fresh.length ? [step('presence/ensure_days', { keys: fresh, days, venues })] : []),
    step('presence/add_stays', {
      keys,
      people: column(({ person }) => person),
      ids: column(newId),
      zones: column(({ zone }) => zone),
      ins: column((stay) => stay.in),
      outs: column(({ out }) => out),
      assumed: column(() => false),
      open: column(() => false),
      kept: column(() => false),
      trusts: column(({ trust }) => trust),
    }),
  ];
}
