import type { Seen } from './client.js';
import { inPairs, type Measured, type Ratios } from './pairs.js';
import { runToEnd } from './processes.js';
import type { World } from './world.js';

/** A server that a client sends scans to. */
export interface Side {
  url: string;
  http?: boolean;
}

/** Sockets, scans each keeps waiting, and seconds of one measurement (DESIGN section 8). */
const load = { sockets: 200, depth: 4, seconds: 4 };

/** Long enough that every card has been shown: a system that runs knows its people, and both sides are compiled. */
const warmSeconds = 6;

/** Compares two servers under the same client; every answer of both must be `ok`. */
export async function compareServers(world: World, ours: Side, theirs: Side, pairs: number): Promise<Ratios> {
  for (const side of [ours, theirs]) await ask(world, side, { seconds: warmSeconds });
  return inPairs(
    () => measure(world, ours),
    () => measure(world, theirs),
    pairs,
  );
}

async function measure(world: World, side: Side): Promise<Measured> {
  const seen = await ask(world, side, {});
  return { speed: seen.perSecond, p99: seen.p99 };
}

/** Runs the client once. Throws when an answer was not `ok`: speed counts only for right answers. */
export async function ask(world: World, side: Side, more: Partial<typeof load> & { rate?: number }): Promise<Seen> {
  const { sockets, depth, seconds, rate = 0 } = { ...load, ...more };
  const how = Object.entries({ sockets, depth, seconds, rate }).flatMap(([name, n]) => [`--${name}`, String(n)]);
  const where = ['--url', side.url, '--codes', world.codes, '--token', world.token];
  const seen = await runToEnd<Seen>('bench/client.js', [...where, ...how, ...(side.http ? ['--http'] : [])]);
  if (seen.refused > 0 || seen.answers === 0) {
    throw new Error(`${seen.refused} of ${seen.all} answers were not ok: ${seen.firstRefusal ?? 'none came'}`);
  }
  return seen;
}
