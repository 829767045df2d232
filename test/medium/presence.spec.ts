import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { loadEnv } from '../../config/env.js';
import { newId } from '../../config/ids.js';
import { createLog } from '../../config/log.js';
import { connectRedis, connectRedisBlocking } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { foldScans } from '../../src/domain/stay/fold.js';
import { packScan, packUndo } from '../../src/domain/stay/packed.js';
import type { Scan, Undo } from '../../src/domain/stay/scan.js';
import {
  bodyField,
  factStream,
  headcountKey,
  packDrop,
  packFacts,
  packKeep,
  shardOf,
  type Fact,
} from '../../src/streams.js';
import { PresenceShard, type Tools } from '../../workers/presence/shard.js';
import { Retention } from '../../workers/presence/retention.js';
import { aScan, at, shippedRules, someHistory } from '../domain/stay/world.js';

/** Shards of this file alone: their streams and positions meet nobody else's. */
const shards = 256;
let nextShard = 100;
let graph: Graph;
let redis: Redis;
let reading: Redis;
const tag = newId();

beforeAll(async () => {
  const env = loadEnv(process.env);
  graph = Graph.connect(env);
  await migrate(graph, Date.now());
  redis = connectRedis(env.REDIS_URL);
  reading = connectRedisBlocking(env.REDIS_URL);
  await new Promise((resolve) => redis.once('ready', resolve));
});
afterAll(async () => {
  redis.disconnect();
  reading.disconnect();
  await graph.close();
});

/** A shard with nothing in it, and how to work with it. */
async function freshShard(nowMs = at('23:00'), more: Partial<Tools> = {}) {
  const shard = nextShard++;
  const [stream, log] = [factStream(shard), createLog('test', 'silent')];
  await redis.del(stream, headcountKey(shard));
  await graph.write('presence/move', { stream, from: '0-0', to: '0-0' });
  const [known] = await graph.read('people/positions', { streams: [stream] });
  const from = known?.position ?? '0-0';
  if (from !== '0-0') await graph.write('presence/move', { stream, from, to: '0-0' });
  let clock = nowMs;
  const tools: Tools = {
    graph,
    redis,
    reading,
    rulesAt: shippedRules,
    now: () => clock,
    log,
    shards,
    retentionDays: 21,
    ...more,
  };
  return {
    tools,
    stream,
    shard,
    worker: () => new PresenceShard(shard, tools),
    setClock: (ms: number) => (clock = ms),
    person: () => {
      for (;;) {
        const id = newId();
        if (shardOf(id, shards) === shard) return id;
      }
    },
    append: (facts: Fact[]) => redis.xadd(stream, '*', bodyField, packFacts(facts)),
  };
}
type Shard = Awaited<ReturnType<typeof freshShard>>;

/** Beats until everything appended so far is folded; a fault makes a new worker, as a crash does. */
async function drain({ worker, stream }: Shard): Promise<void> {
  const [last] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
  for (let current = worker(); ;) {
    const [state] = await graph.read('people/positions', { streams: [stream] });
    if (!last || state?.position === last[0]) return;
    await current.beat().catch(() => (current = worker()));
  }
}

const ofTag = (scan: Scan): Scan => ({ ...scan, venue: `${tag}-${scan.venue}` });
const packed = (person: string, scans: Scan[], undone: Undo[] = []): Fact[] =>
  [...scans.map(packScan), ...undone.map(packUndo)].map((line) => ({ person, line }));

async function storedStays(person: string) {
  const rows = await graph.read('people/stays', { person, fromMs: 0, toMs: 8e15 });
  return rows.map(({ id, venue, zone, inMs, outMs, assumed, open, trust }) => ({
    id,
    venue,
    zone,
    in: inMs,
    out: outMs,
    assumed,
    open,
    trust,
  }));
}
const folded = (scans: Scan[], undone: Undo[] = []) =>
  foldScans(scans, undone, shippedRules).stays.map(({ scans: _, ...stay }) => stay);

describe('facts that flow by', () => {
  it('become the stays that folding all of them gives, in any order, split and repetition, whatever crashes', async () => {
    const history = fc.record({
      history: someHistory,
      order: fc.array(fc.nat(1_000), { minLength: 30, maxLength: 30 }),
      cuts: fc.array(fc.nat(30), { maxLength: 5 }),
      again: fc.array(fc.nat(30), { maxLength: 4 }),
      crashes: fc.array(fc.constantFrom('none', 'before', 'after'), { minLength: 6, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ history: { scans, undone }, order, cuts, again, crashes }) => {
        const own = scans.map(ofTag);
        const crashing = crashingGraph(graph, [...crashes]);
        const shard = await freshShard(at('23:00'), { graph: crashing });
        const person = shard.person();
        const facts = packed(person, own, undone);
        const shuffled = facts
          .map((fact, i) => ({ fact, key: order[i % order.length]! }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact);
        for (const i of again) if (shuffled[i]) shuffled.push(shuffled[i]);
        const ends = [...new Set([...cuts, shuffled.length])].sort((a, b) => a - b);
        let from = 0;
        for (const end of ends) {
          const part = shuffled.slice(from, end);
          from = Math.max(from, end);
          if (part.length) await shard.append(part);
          await drain(shard);
        }
        expect(await storedStays(person)).toEqual(folded(own, undone));
      }),
      { numRuns: 25 },
    );
  }, 240_000);

  it('fold once when two workers read the same stream', async () => {
    const shard = await freshShard();
    const people = Array.from({ length: 20 }, shard.person);
    const [one, other] = [shard.worker(), shard.worker()];
    for (const clock of ['08:00', '09:00', '12:00']) {
      for (const person of people) {
        await shard.append(packed(person, [ofTag(aScan('in', clock, { scanId: `${person}${clock}` }))]));
      }
      await Promise.allSettled([one.beat(), other.beat(), one.beat(), other.beat()]);
    }
    await drain(shard);
    for (const person of people) {
      const scans = ['08:00', '09:00', '12:00'].map((clock) =>
        ofTag(aScan('in', clock, { scanId: `${person}${clock}` })),
      );
      expect(await storedStays(person)).toEqual(folded(scans));
    }
  });

  it('a scan that arrives a day late refolds what was folded', async () => {
    const shard = await freshShard(at('23:00', 1));
    const person = shard.person();
    const [early, late] = [ofTag(aScan('in', '08:00')), ofTag(aScan('out', '08:40'))];
    await shard.append(packed(person, [early]));
    await drain(shard);
    await shard.append(packed(person, [late]));
    await drain(shard);
    expect(await storedStays(person)).toMatchObject([{ in: early.at, out: late.at, assumed: false }]);
  });

  it('a stay past midnight hangs on both days, once', async () => {
    const shard = await freshShard(at('06:00', 1));
    const person = shard.person();
    const scans = [
      ofTag(aScan('in', '22:00', { kind: 'hospital', venue: 'H' })),
      ofTag(aScan('out', '23:00', { kind: 'hospital', venue: 'H', at: at('02:00', 1) })),
    ];
    for (const scan of scans) {
      await shard.append(packed(person, [scan]));
      await drain(shard);
    }
    expect(await storedStays(person)).toEqual(folded(scans));
  });
});

describe('stays kept by hand', () => {
  const stay = { id: newId(), venue: `${tag}-K`, zone: 'a', in: at('10:00'), out: at('11:00'), trust: 0.7 };

  it('stand beside the folded ones, once however often they are told, with the last trust', async () => {
    const shard = await freshShard();
    const person = shard.person();
    const scan = ofTag(aScan('in', '10:10'));
    await shard.append([...packed(person, [scan]), { person, line: packKeep(stay) }]);
    await drain(shard);
    await shard.append([{ person, line: packKeep({ ...stay, trust: 0.9 }) }]);
    await drain(shard);
    expect(await storedStays(person)).toEqual([
      { ...stay, trust: 0.9, assumed: false, open: false },
      ...folded([scan]),
    ]);
  });

  it('are gone once dropped, also in the same batch', async () => {
    const shard = await freshShard();
    const [one, other] = [shard.person(), shard.person()];
    const second = { ...stay, id: newId() };
    await shard.append([{ person: one, line: packKeep(stay) }]);
    await drain(shard);
    await shard.append([
      { person: one, line: packDrop(stay.id) },
      { person: other, line: packKeep(second) },
      { person: other, line: packDrop(second.id) },
    ]);
    await drain(shard);
    expect([await storedStays(one), await storedStays(other)]).toEqual([[], []]);
  });
});

describe('head counts', () => {
  const inside = async ({ shard }: Shard, venue: string) => {
    const text = await redis.hget(headcountKey(shard), `${tag}-${venue}`);
    return text === null ? {} : (JSON.parse(text) as { zones: Record<string, number> }).zones;
  };

  it('count who is in, by zone, and let go of who went out or whose assumed end has passed', async () => {
    const shard = await freshShard(at('12:05'));
    const people = Array.from({ length: 3 }, shard.person);
    const enter = (i: number, zone: string) => packed(people[i]!, [ofTag(aScan('in', '12:00', { zone, venue: 'HC' }))]);
    const worker = shard.worker();
    await shard.append([...enter(0, 'a'), ...enter(1, 'a'), ...enter(2, '')]);
    await worker.beat();
    expect(await inside(shard, 'HC')).toEqual({ a: 2, '': 1 });
    await shard.append(packed(people[0]!, [ofTag(aScan('out', '12:20', { zone: 'a', venue: 'HC' }))]));
    await worker.beat();
    expect(await inside(shard, 'HC')).toEqual({ a: 1, '': 1 });
    shard.setClock(at('13:01'));
    await worker.beat();
    expect(await inside(shard, 'HC')).toEqual({});
  });

  it('are the same after the worker started again', async () => {
    const shard = await freshShard(at('12:05'));
    await shard.append(packed(shard.person(), [ofTag(aScan('in', '12:00', { venue: 'HD' }))]));
    await drain(shard);
    await redis.del(headcountKey(shard.shard));
    await shard.worker().beat();
    expect(await inside(shard, 'HD')).toEqual({ '': 1 });
  });
});

describe('retention', () => {
  it('forgets old scans and stays, and what is folded afterwards is the same', async () => {
    const shard = await freshShard(at('12:00', 10));
    const person = shard.person();
    const scans = [0, 1, 2, 5, 9].flatMap((day) => [
      ofTag(aScan('in', '08:00', { at: at('08:00', day) })),
      ofTag(aScan('out', '08:50', { at: at('08:50', day) })),
    ]);
    await shard.append(packed(person, scans));
    await drain(shard);
    const horizon = at('12:00', 3);
    const [state] = await graph.read('people/positions', { streams: [shard.stream] });
    await new Retention(shard.stream, shard.tools).run(state!.position, horizon);
    const late = ofTag(aScan('in', '09:00', { at: at('09:00', 9) }));
    await shard.append(packed(person, [late]));
    await drain(shard);
    const all = folded([...scans, late]).filter(({ out }) => out >= horizon);
    expect(await storedStays(person)).toEqual(all);
    const days = await graph.read('presence/scans_of', { person });
    expect(days.flatMap((day) => day.scans)).toHaveLength(5);
  });
});

/** A graph that fails before or after it has committed, as told, one fate a write. */
function crashingGraph(real: Graph, fates: string[]): Graph {
  const writeAll: Graph['writeAll'] = async (steps, check) => {
    const fate = fates.shift();
    if (fate === 'before') throw new Error('crashed before the commit');
    const rows = await real.writeAll(steps, check);
    if (fate === 'after') throw new Error('crashed after the commit');
    return rows;
  };
  return new Proxy(real, {
    get: (target, key) => {
      if (key === 'writeAll') return writeAll;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
}
