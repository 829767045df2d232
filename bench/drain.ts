import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import type { Redis } from 'ioredis';
import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { createLog } from '../config/log.js';
import { loadPolicies, stayRulesAt } from '../config/policy.js';
import type { Graph } from '../graph/graph.js';
import { dayStart } from '../src/domain/stay/day.js';
import { packScan } from '../src/domain/stay/packed.js';
import type { Direction } from '../src/domain/stay/scan.js';
import { bodyField, factStream, packFacts, type Fact } from '../src/streams.js';
import { PresenceShard } from '../workers/presence/shard.js';
import type { Line } from './benches.js';
import { load } from './loader.js';
import { inPairs, type Measured } from './pairs.js';
import type { Stage } from './stage.js';
import { makePeople } from './world.js';

/** The backlog of one measurement: yesterday's day of some people, in and out of so many venues. */
const people = 2_000;
const visits = 10;
const scans = people * visits * 2;
const scansPerEntry = 200;

const [hourMs, minuteMs, dayMs] = [3_600_000, 60_000, 86_400_000];

interface Backlog {
  shard: number;
  people: string[];
  venues: string[];
}

/** Presence draining a stored backlog against a loader that was written for just this backlog, into the same model. */
export async function drain({ world, redis, pairs }: Stage): Promise<Line[]> {
  const firstShard = randomInt(1_000, 1_000_000);
  const left: Backlog[] = [];
  const right: Backlog[] = [];
  const store = async (side: Backlog[]): Promise<Backlog> => {
    const shard = firstShard + left.length + right.length;
    const venues = Array.from({ length: visits }, newId);
    const backlog = { shard, people: await makePeople(world, people), venues };
    await tell(redis, backlog);
    side.push(backlog);
    return backlog;
  };
  try {
    const ratios = await inPairs(
      async () => measure(await store(left), (backlog) => presence(world.graph, redis, backlog)),
      async () => measure(await store(right), ({ shard }) => load(world.graph, redis, factStream(shard))),
      pairs,
    );
    assert.deepEqual(await stays(world.graph, left[0]!), await stays(world.graph, right[0]!));
    const measured = `${ratios.speed.toFixed(2)}x (${Math.round(ratios.ours[0]!.speed)} scans a second)`;
    const question = 'presence draining a stored backlog';
    return [{ question, against: 'a hand-tuned loader', target: '≥ 0.5x', measured, met: ratios.speed >= 0.5 }];
  } finally {
    redis.disconnect();
  }
}

async function measure(backlog: Backlog, run: (backlog: Backlog) => Promise<void>): Promise<Measured> {
  const start = performance.now();
  await run(backlog);
  return { speed: (scans / (performance.now() - start)) * 1_000 };
}

/** Everybody goes from venue to venue, an hour each, and stays for half of it. */
async function tell(redis: Redis, { shard, people: ids, venues }: Backlog): Promise<void> {
  const day = dayStart(systemClock()) - dayMs;
  const facts: Fact[] = [];
  for (const [visit, venue] of venues.entries())
    for (const direction of ['in', 'out'] as const)
      for (const person of ids)
        facts.push(
          scan(person, venue, { direction, at: day + (8 + visit) * hourMs + (direction === 'in' ? 0 : 30) * minuteMs }),
        );
  const pipeline = redis.pipeline();
  for (let at = 0; at < facts.length; at += scansPerEntry)
    pipeline.xadd(factStream(shard), '*', bodyField, packFacts(facts.slice(at, at + scansPerEntry)));
  await pipeline.exec();
}

function scan(person: string, venue: string, { direction, at }: { direction: Direction; at: number }): Fact {
  const where = { gate: venue, venue, kind: 'shop' as const, unit: null, zone: '' };
  const how = { scanId: newId(), direction, at, receivedAt: at, trust: 0.5, decision: 'allow' as const };
  return { person, line: packScan({ ...where, ...how }) };
}

async function presence(graph: Graph, redis: Redis, { shard }: Backlog): Promise<void> {
  const policies = { stayRules: stayRulesAt(loadPolicies()), learn: () => Promise.resolve() };
  const log = createLog('bench', 'error');
  const tools = { graph, redis, reading: redis, policies, now: systemClock, log, shards: 1, retentionDays: 21 };
  const step = new PresenceShard(shard, tools);
  for (let taken = 0; taken < scans;) taken += await step.beat();
}

/** The stays of a backlog, people and venues by their number, in an order of their own. */
async function stays(graph: Graph, { people: ids, venues }: Backlog): Promise<string[]> {
  const rows = await graph.read('presence/history', { people: ids });
  const found = rows.flatMap(({ person, stays: own, scans: days }) => [
    `${ids.indexOf(person)}: ${days.flat().length} scans`,
    ...own.map((stay) =>
      [
        ids.indexOf(person),
        venues.indexOf(stay.venue),
        stay.zone,
        stay.in,
        stay.out,
        stay.assumed,
        stay.open,
        stay.trust,
      ].join(' '),
    ),
  ]);
  assert.equal(found.length, ids.length * (1 + visits));
  return found.sort();
}
