import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { Vault } from '../config/vault.js';
import { step, type Graph } from '../graph/graph.js';
import { daysTouched } from '../src/domain/stay/day.js';
import { sealFields } from '../src/people/sealed.js';
import { beginMs, makeStays, personName, venueName, type Scale } from './engine-world.js';
import type { Stage } from './stage.js';

/** Rows of one transaction, and transactions at once (DESIGN section 3). */
const rowsPerWrite = 5_000;
const writers = 2;

const dayMs = 86_400_000;

/** The world of the engine benches in Neo4j, moved so that its last day is yesterday. */
export interface SettledWorld {
  scale: Scale;
  /** What was added to every instant. */
  shiftMs: number;
  /** Stays a second, as they were loaded. */
  rate: number;
}

let settled: Promise<SettledWorld> | undefined;

/** Millions of stays; the worlds of issue B have up to 10, which take as many times as long to load. */
const millions = Number(process.env['BENCH_MILLIONS'] ?? 1);

/** Loads it once for all benches of a run: a million stays take a minute or two. */
export function settledWorld({ world, quick }: Stage): Promise<SettledWorld> {
  const size = quick ? 0.1 : millions;
  const scale = { stays: 1_000_000 * size, people: 100_000 * size, venues: 10_000 * size };
  return (settled ??= settle(world.graph, new Vault(world.secrets), scale));
}

async function settle(graph: Graph, vault: Vault, scale: Scale): Promise<SettledWorld> {
  const shiftMs = Math.floor((systemClock() - beginMs) / dayMs - 15) * dayMs;
  await inBatches(scale.people, async (first, end) => {
    const rows = numbers(first, end).map((each) => {
      const key = vault.newPersonKey();
      const sealed = sealFields(vault, key, { identifiers: [] });
      return { id: personName(each), key, ...sealed, verified: true, unit: null };
    });
    await graph.write('people/create', { rows, atMs: 0 });
  });
  await inBatches(scale.venues * 16, async (first, end) => {
    const rows = numbers(first, end).map((each) => {
      const [venue, at] = [venueName(Math.floor(each / 16)), beginMs + shiftMs + ((each % 16) - 1) * dayMs];
      return { venue, day: daysTouched(at, at + 1)[0]! };
    });
    const [venues, days] = [rows.map(({ venue }) => venue), rows.map(({ day }) => day)];
    await graph.write('presence/ensure_days', { keys: rows.map(({ venue, day }) => `${venue}|${day}`), venues, days });
  });
  const begun = performance.now();
  await load(graph, scale, shiftMs);
  return { scale, shiftMs, rate: (scale.stays / (performance.now() - begun)) * 1_000 };
}

/** Stays by person, which is the order that writes fastest. */
async function load(graph: Graph, scale: Scale, shiftMs: number): Promise<void> {
  const { person, venue, from, to } = makeStays(scale);
  const order = new Uint32Array(person.length).map((_, at) => at).sort((a, b) => person[a]! - person[b]!);
  await inBatches(scale.stays, async (first, end) => {
    const rows = Array.from(order.subarray(first, end)).flatMap((stay) => {
      const [id, inMs, out] = [newId(), from[stay]! + shiftMs, to[stay]! + shiftMs];
      return daysTouched(inMs, out).map((day) => {
        return { id, person: personName(person[stay]!), key: `${venueName(venue[stay]!)}|${day}`, in: inMs, out };
      });
    });
    const all = <T>(value: T): T[] => rows.map(() => value);
    const add = step('presence/add_stays', {
      keys: rows.map(({ key }) => key),
      people: rows.map((row) => row.person),
      ids: rows.map(({ id }) => id),
      zones: all(''),
      ins: rows.map((row) => row.in),
      outs: rows.map(({ out }) => out),
      assumed: all(false),
      open: all(false),
      kept: all(true),
      trusts: all(1),
    });
    await graph.writeAll([add]);
  });
}

async function inBatches(count: number, write: (first: number, end: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) {
      const first = next;
      next = Math.min(first + rowsPerWrite, count);
      await write(first, next);
    }
  };
  await Promise.all(Array.from({ length: writers }, work));
}

const numbers = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, at) => first + at);
