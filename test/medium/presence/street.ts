import { randomInt } from 'node:crypto';
import { loadEnv } from '../../../config/env.js';
import { newId } from '../../../config/ids.js';
import { createLog } from '../../../config/log.js';
import { loadPolicies, stayRulesAt } from '../../../config/policy.js';
import { connectRedisBlocking } from '../../../config/redis.js';
import { Graph } from '../../../graph/graph.js';
import { unpackLine } from '../../../src/domain/stay/packed.js';
import type { RulesAt } from '../../../src/domain/stay/rules.js';
import type { Scan } from '../../../src/domain/stay/scan.js';
import { bodyField, factStream, foldKey, headcountKey, packFacts, shardOf, type Fact } from '../../../src/streams.js';
import { PresenceShard } from '../../../workers/presence/shard.js';

export const minute = 60_000;
export const day = 86_400_000;

/** Shards in the tests' way of dividing people; those from 100 on are theirs alone, some for every file. */
const shards = 256;
const shardsOf = { presence: { from: 100, to: 178 }, retention: { from: 178, to: shards } };

/** Stays of all times are kept unless a test is about the retention. */
const forEver = 36_500;

const env = loadEnv(process.env);

/**
 * The rules of the neutral policy, at any time: some tests play long ago, where nobody else's data lies. Shops are open
 * all night, so that a test gives the same at four in the morning.
 */
export const rulesAt: RulesAt = (() => {
  const neutral = stayRulesAt(loadPolicies())(null, Date.UTC(2024, 0, 1));
  const night = { ...neutral.doubts.night, kinds: [] };
  return () => ({ ...neutral, doubts: { ...neutral.doubts, night } });
})();

/** One shard nobody else uses, on the real Redis and Neo4j, with workers that go step by step. */
export function openStreet(file: keyof typeof shardsOf, { retentionDays = forEver } = {}) {
  const graph = Graph.connect(env);
  const redis = connectRedisBlocking(env.REDIS_URL);
  const shard = randomInt(shardsOf[file].from, shardsOf[file].to);
  const stream = factStream(shard);
  const clock = { nowMs: Date.now() };
  const worker = (more: { graph?: Graph } = {}) =>
    new PresenceShard(shard, {
      graph,
      redis,
      reading: redis,
      policies: { stayRules: rulesAt, learn: () => Promise.resolve() },
      now: () => clock.nowMs,
      log: createLog('test', 'silent'),
      shards,
      retentionDays,
      ...more,
    });
  return {
    graph,
    redis,
    clock,
    worker,
    person: () => personOf(shard),
    /** One entry of the stream. */
    tell: (facts: Fact[]) => redis.xadd(stream, '*', bodyField, packFacts(facts)),
    folded: async (person: string) => JSON.parse((await redis.get(foldKey(shard, person))) ?? 'null') as unknown,
    forget: (person: string) => redis.del(foldKey(shard, person)),
    inside: async (venue: string) =>
      JSON.parse((await redis.hget(headcountKey(shard), venue)) ?? '{"zones":{}}') as unknown,
    forgetInside: () => redis.del(headcountKey(shard)),
    stays: (person: string) => staysOf(graph, person),
    lines: (person: string) => linesOf(graph, person),
    position: async () => (await graph.read('people/positions', { streams: [stream] }))[0]?.position,
    close: async () => {
      redis.disconnect();
      await graph.close();
    },
  };
}

export type Street = ReturnType<typeof openStreet>;

function personOf(shard: number): string {
  for (;;) {
    const id = newId();
    if (shardOf(id, shards) === shard) return id;
  }
}

async function staysOf(graph: Graph, person: string) {
  const rows = await graph.read('people/stays', { person, fromMs: 0, toMs: 8e15 });
  return rows.map(({ id, venue, zone, inMs, outMs, assumed, open, trust, kept }) => {
    return { id, venue, zone, in: inMs, out: outMs, assumed, open, trust, kept };
  });
}

async function linesOf(graph: Graph, person: string): Promise<string[]> {
  const days = await graph.read('presence/scans_of', { person });
  return days.flatMap(({ scans }) => scans);
}

/** The scans among stored lines. */
export const scansIn = (lines: string[]): Scan[] =>
  lines.map(unpackLine).flatMap((read) => ('scan' in read ? [read.scan] : []));

/** A scan at a shop, made of what a test is about. */
export function aScan(more: Partial<Scan> & Pick<Scan, 'venue' | 'at'>): Scan {
  const at = more.at;
  return {
    gate: 'g',
    scanId: newId(),
    kind: 'shop',
    unit: null,
    zone: '',
    direction: 'in',
    receivedAt: at,
    trust: 1,
    decision: 'allow',
    ...more,
  };
}

/** Goes on until nothing is left to read. */
export async function drain(worker: PresenceShard): Promise<void> {
  while ((await worker.beat()) > 0);
}
