import assert from 'node:assert/strict';
import type { Redis } from 'ioredis';
import { bodyField, factStream } from '../src/streams.js';
import type { Seen } from './client.js';
import { inPairs, type Measured, type Ratios } from './pairs.js';
import { runToEnd } from './processes.js';
import type { World } from './world.js';

/** A server that a client sends scans to. */
export interface Side {
  url: string;
  http?: boolean;
  /** Begins to count the scans that the side keeps; left out where it keeps none. */
  counting?: () => Promise<Kept>;
}

/** How many scans a side has kept since it was asked to count. */
export type Kept = () => Promise<number>;

/** Sockets, scans each keeps waiting, and seconds of one measurement (DESIGN section 8). */
const load = { sockets: 200, depth: 4, seconds: 4 };

/** Long enough that every card has been shown: a system that runs knows its people, and both sides are compiled. */
const warmSeconds = 6;

/** Entries of the stream that are looked at in one go. */
const entriesAtOnce = 500;

/** Compares two servers under the same client; every answer of both must be `ok`, and of a scan that was kept once. */
export async function compareServers(
  world: World,
  { ours, theirs }: { ours: Side; theirs: Side },
  pairs: number,
): Promise<Ratios> {
  for (const side of [ours, theirs]) await warm(world, side);
  return inPairs(
    () => measure(world, ours),
    () => measure(world, theirs),
    pairs,
  );
}

async function warm(world: World, side: Side): Promise<void> {
  const kept = await side.counting?.();
  const { all } = await ask(world, side, { seconds: warmSeconds });
  if (kept) assert.equal(await kept(), all, `${side.url} did not keep each scan once that it answered`);
}

/** Counts the facts of the only shard from now on, before the worker trims them: that is minutes later. */
export async function countingFacts(redis: Redis): Promise<Kept> {
  const [last] = await redis.xrevrange(factStream(0), '+', '-', 'COUNT', 1);
  return () => factsAfter(redis, last?.[0] ?? '0-0');
}

/** Facts behind a position of the stream: an entry holds those of one tick. */
export async function factsAfter(redis: Redis, position: string): Promise<number> {
  let [from, facts] = [position, 0];
  for (;;) {
    const entries = await redis.xrange(factStream(0), `(${from}`, '+', 'COUNT', entriesAtOnce);
    for (const [, fields] of entries) facts += fields[fields.indexOf(bodyField) + 1]!.split('\n').length;
    if (entries.length < entriesAtOnce) return facts;
    from = entries.at(-1)![0];
  }
}

async function measure(world: World, side: Side): Promise<Measured> {
  const seen = await ask(world, side, {});
  return { speed: seen.perSecond, p99: seen.p99 };
}

/** Runs the client once. Throws when an answer was not `ok`: speed counts only for right answers. */
export async function ask(
  world: Pick<World, 'codes' | 'token'>,
  side: Side,
  more: Partial<typeof load> & { rate?: number; visits?: boolean; from?: number },
): Promise<Seen> {
  const { visits = false, rate = 0, from = 0, ...rest } = more;
  const numbers = { ...load, ...rest, rate, from };
  const how = Object.entries(numbers).flatMap(([name, n]) => [`--${name}`, String(n)]);
  const where = ['--url', side.url, '--codes', world.codes, '--token', world.token];
  const flags = [...(side.http ? ['--http'] : []), ...(visits ? ['--visits'] : [])];
  const seen = await runToEnd<Seen>('bench/client.js', [...where, ...how, ...flags]);
  if (seen.refused > 0 || seen.answers === 0) {
    throw new Error(`${seen.refused} of ${seen.all} answers were not ok: ${seen.firstRefusal ?? 'none came'}`);
  }
  return seen;
}
