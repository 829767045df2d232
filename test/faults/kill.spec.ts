import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadPolicies, stayRulesAt } from '../../config/policy.js';
import { Graph } from '../../graph/graph.js';
import { startPair, type Pair } from '../../scripts/services/pair.mjs';
import { foldScans } from '../../src/domain/stay/fold.js';
import { unpackLine } from '../../src/domain/stay/packed.js';
import { scanKey, type Scan, type VenueKind } from '../../src/domain/stay/scan.js';
import { comparePositions, factStream } from '../../src/streams.js';
import { connectRedis } from '../../config/redis.js';
import { startSystem, type System } from '../system.js';
import { until } from '../until.js';
import { Crowd, type Acknowledged } from './crowd.js';

/** Scans that are made, and of these at least so many are answered, a second. */
const [perSecond, atLeast] = [600, 500];

let system: System;
let pair: Pair;
let crowd: Crowd;
let graph: Graph;
let scanning: Promise<void>;

beforeAll(async () => {
  pair = await startPair(process.env['TEST_SOLO_DIR']!);
  system = await startSystem();
  graph = Graph.connect({ ...system.servers, NEO4J_DATABASE: 'neo4j' });
  crowd = await Crowd.gather(system, { gates: 20, people: 300 });
  scanning = crowd.scanAt(perSecond);
}, 180_000);

afterAll(async () => {
  crowd?.leave();
  await system?.stop();
  await graph?.close();
});

/** The worker has folded everything that is in the stream. */
async function caughtUp(): Promise<boolean> {
  const redis = connectRedis(system.servers.REDIS_URL);
  try {
    await new Promise((resolve) => redis.once('ready', resolve));
    const [last] = await redis.xrevrange(factStream(0), '+', '-', 'COUNT', 1);
    const [shard] = await graph.read('people/positions', { streams: [factStream(0)] });
    return comparePositions(shard?.position ?? '0-0', last?.[0] ?? '0-0') >= 0;
  } finally {
    redis.disconnect();
  }
}

/** Scans flow again, at more than 500 a second. */
const flowsAgain = () =>
  until('scans are acknowledged again', async () => (await crowd.rateOver(1_000)) > atLeast, 120_000);

describe('under 500 scans a second, with every process and server killed in turn', () => {
  it('scans flow to begin with', async () => {
    expect(await flowsAgain()).toBe(true);
  });

  it('the worker dies with kill -9 and comes back', async () => {
    await system.worker.kill9();
    await crowd.rateOver(1_500);
    await system.worker.start();
    expect(await flowsAgain()).toBe(true);
  });

  it('the API dies with kill -9 and comes back', async () => {
    await system.api.kill9();
    await crowd.rateOver(1_500);
    await system.api.start();
    expect(await flowsAgain()).toBe(true);
  });

  it('Redis dies with kill -9 and comes back', async () => {
    await pair.redis!.kill();
    await crowd.rateOver(1_500);
    pair = await startPair(process.env['TEST_SOLO_DIR']!);
    expect(await flowsAgain()).toBe(true);
  });

  it('Neo4j dies with kill -9 and comes back; the doors stay open meanwhile', async () => {
    await pair.neo4j!.kill();
    expect(await crowd.rateOver(3_000)).toBeGreaterThan(atLeast * 0.5);
    pair = await startPair(process.env['TEST_SOLO_DIR']!);
    expect(await flowsAgain()).toBe(true);
  }, 180_000);

  it('no acknowledged scan is lost, none is there twice, and the stays are their folding', async () => {
    await crowd.end();
    await scanning;
    await until('the worker has caught up', caughtUp, 120_000);
    expect(crowd.errors).toEqual(new Map());
    const stored = await storedScans();
    const acknowledged = crowd.ledger.map(({ gate, scan }) => scanKey({ gate, scanId: scan.scanId }));
    // One whose answer was lost may stand there again as what it is, the same scan: the folding counts each key once.
    expect(stored).toEqual(new Set(acknowledged));
    expect(await storedStays()).toEqual(foldedStays());
  }, 300_000);
});

/** The key of every scan of the crowd that stands in the graph. */
async function storedScans(): Promise<Set<string>> {
  const gates = new Set(crowd.ledger.map(({ gate }) => gate));
  const keys = new Set<string>();
  for (const person of new Set(crowd.ledger.map((one) => one.person))) {
    for (const { scans } of await graph.read('presence/scans_of', { person })) {
      for (const line of scans) {
        const read = unpackLine(line);
        if ('scan' in read && gates.has(read.scan.gate)) keys.add(scanKey(read.scan));
      }
    }
  }
  return keys;
}

interface PlainStay {
  venue: string;
  in: number;
  out: number;
  assumed: boolean;
}

async function storedStays(): Promise<Record<string, PlainStay[]>> {
  const stays: Record<string, PlainStay[]> = {};
  for (const person of people()) {
    const rows = await graph.read('people/stays', { person, fromMs: 0, toMs: 8e15 });
    stays[person] = rows.map((row) => ({ venue: row.venue, in: row.inMs, out: row.outMs, assumed: row.assumed }));
  }
  return stays;
}

function foldedStays(): Record<string, PlainStay[]> {
  const rulesAt = stayRulesAt(loadPolicies());
  const kinds = new Map(kindsOf());
  const stays: Record<string, PlainStay[]> = {};
  for (const person of people()) {
    const scans = crowd.ledger.filter((one) => one.person === person).map((one) => scanOf(one, kinds));
    const folded = foldScans(scans, [], rulesAt).stays;
    stays[person] = folded.map(({ venue, in: inMs, out, assumed }) => ({ venue, in: inMs, out, assumed }));
  }
  return stays;
}

const people = (): string[] => [...new Set(crowd.ledger.map((one) => one.person))].sort();
const kindsOf = (): [string, VenueKind][] => crowd.venues.map(({ id, kind }) => [id, kind]);

function scanOf({ gate, venue, scan, decision }: Acknowledged, kinds: Map<string, VenueKind>): Scan {
  const { scanId, direction, scannedAt: at } = scan;
  const where = { gate, venue, kind: kinds.get(venue)!, unit: null, zone: '' };
  return { ...where, scanId, direction, at, receivedAt: at, trust: 1, decision };
}
