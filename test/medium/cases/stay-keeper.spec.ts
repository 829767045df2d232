import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../../config/ids.js';
import type { Logger } from '../../../config/log.js';
import { LiveStays } from '../../../graph/stays/live-stays.js';
import { loadStays } from '../../../graph/stays/load-stays.js';
import type { ChangedStay } from '../../../src/domain/exposure/carrier-index.js';
import { atOneGo } from '../../../src/domain/exposure/sliced.js';
import type { Scan } from '../../../src/domain/stay/scan.js';
import { factStream, packDrop, packKeep, type Fact } from '../../../src/streams.js';
import { ChangeLog } from '../../../workers/trace/change-log.js';
import { MissedFacts, StayFeed } from '../../../workers/trace/stay-feed.js';
import { StayKeeper } from '../../../workers/trace/stay-keeper.js';
import { aScan } from '../../domain/stay/world.js';
import { Bench, packed, type Shard } from '../presence/bench.js';
import { until } from '../../until.js';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.now() - 96 * hour;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open(220);
});
afterAll(() => bench.close());

/** A shard with some people whom the graph knows. */
async function scene(count: number) {
  const shard = await bench.shard(Date.now());
  const people = Array.from({ length: count }, () => shard.person());
  const rows = people.map((id) => ({ id, key: 'none', sealed: 'none', nameKeys: '', verified: true, unit: null }));
  await bench.graph.write('people/create', { rows, atMs: 0 });
  return { shard, people, tag: newId() };
}

function feedOf({ shard }: Shard, stays: LiveStays, now = () => Date.now()): StayFeed {
  const { graph, redis } = bench;
  const folded = async () => {
    const [state] = await graph.read('people/positions', { streams: [factStream(shard)] });
    return Array.from({ length: shard + 1 }, () => state?.position ?? '0-0');
  };
  const log = new ChangeLog<ChangedStay>([]);
  return new StayFeed(shard, { graph, redis, now, stays, log, folded }, { position: '0-0', lookedMs: now() });
}

/** All stays of a person in memory, in order. */
function inMemory(stays: LiveStays, person: string): string[] {
  const number = stays.personNumber(person);
  if (number === undefined) return [];
  const asked = [{ person: number, from: -Infinity, to: Infinity }];
  return stays
    .staysOf(asked)
    .flatMap(({ stays: columns, stay, place }) =>
      Array.from(stay, (each, at) => {
        const { venue, zone } = stays.place(place[at]!);
        return [venue, zone, columns.from(each), columns.to(each), columns.trust(each)].join(' ');
      }),
    )
    .sort();
}

/** Those of the graph; stays equal in everything but trust are one, the surest (SPEC 12). */
async function inGraph(person: string): Promise<string[]> {
  const rows = await bench.graph.read('people/stays', { person, fromMs: 0, toMs: 8e15 });
  const surest = new Map<string, number>();
  for (const { venue, zone, inMs, outMs, trust } of rows) {
    const stay = [venue, zone, inMs, outMs].join(' ');
    surest.set(stay, Math.max(trust, surest.get(stay) ?? 0));
  }
  return [...surest].map(([stay, trust]) => `${stay} ${trust}`).sort();
}

const doing = fc.oneof(
  fc.record({
    does: fc.constant('scan' as const),
    who: fc.nat(3),
    where: fc.nat(2),
    at: fc.nat(90),
    direction: fc.constantFrom('in' as const, 'out' as const, 'auto' as const),
  }),
  fc.record({ does: fc.constant('keep' as const), who: fc.nat(3), where: fc.nat(2), at: fc.nat(90), stay: fc.nat(3) }),
  fc.record({ does: fc.constant('drop' as const), who: fc.nat(3), stay: fc.nat(3) }),
  fc.record({ does: fc.constant('undo' as const), who: fc.nat(3), scan: fc.nat(5) }),
);
type Doing = typeof doing extends fc.Arbitrary<infer D> ? D : never;

/** What a step of a history appends to the stream; scans come late, in whatever order. */
function factsOf(step: Doing, { people, tag, scans }: { people: string[]; tag: string; scans: Scan[][] }): Fact[] {
  const person = people[step.who]!;
  const own = scans[step.who]!;
  switch (step.does) {
    case 'drop':
      return [{ person, line: packDrop(`${tag}-${step.who}-${step.stay}`) }];
    case 'undo': {
      const scan = own[step.scan];
      if (!scan) return [];
      return packed(person, [], [{ gate: scan.gate, scanId: scan.scanId, at: scan.at, undoneAt: scan.at + minute }]);
    }
    case 'keep': {
      const [id, from] = [`${tag}-${step.who}-${step.stay}`, start + step.at * hour];
      const keep = { id, venue: `${tag}-v${step.where}`, zone: '', in: from, out: from + hour, trust: 1 };
      return [{ person, line: packKeep(keep) }];
    }
    case 'scan': {
      const more = { at: start + step.at * hour, scanId: newId(), venue: `${tag}-v${step.where}` };
      const scan = aScan(step.direction, '08:00', more);
      own.push(scan);
      return packed(person, [scan]);
    }
  }
}

describe('stays in memory', () => {
  it('are those of the graph after any history, wherever the reader was between two steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { minLength: 5, maxLength: 25 }), fc.nat(4), async (steps, pace) => {
        const { shard, people, tag } = await scene(4);
        const stays = new LiveStays();
        const feed = feedOf(shard, stays);
        const scans: Scan[][] = people.map(() => []);
        for (const [at, step] of steps.entries()) {
          const facts = factsOf(step, { people, tag, scans });
          if (facts.length > 0) await shard.append(facts);
          if (at % (pace + 1) === 0) await bench.drain(shard);
          if (at % (pace + 2) === 0) while (await feed.beat());
          if (at % 7 === 6) atOneGo(stays.merge(0));
        }
        await bench.drain(shard);
        while (await feed.beat());
        for (const person of people) expect(inMemory(stays, person)).toEqual(await inGraph(person));
      }),
      { numRuns: Number(process.env['HISTORIES'] ?? 6), endOnFailure: true },
    );
  }, 120_000);

  it('leave where a kept stay was before it was told again under its id, however far away', async () => {
    const { shard, people, tag } = await scene(1);
    const stays = new LiveStays();
    const feed = feedOf(shard, stays);
    for (const from of [start, start + 60 * hour]) {
      const keep = { id: tag, venue: tag, zone: '', in: from, out: from + hour, trust: 1 };
      await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
      await bench.drain(shard);
      while (await feed.beat());
    }
    expect(inMemory(stays, people[0]!)).toEqual(await inGraph(people[0]!));
  });

  it('are read no further than presence has folded', async () => {
    const { shard, people, tag } = await scene(1);
    const stays = new LiveStays();
    const feed = feedOf(shard, stays);
    const keep = { id: tag, venue: tag, zone: '', in: start, out: start + hour, trust: 1 };
    await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
    while (await feed.beat());
    expect(feed.position).toBe('0-0');
    await bench.drain(shard);
    while (await feed.beat());
    expect(inMemory(stays, people[0]!)).toHaveLength(1);
  });

  it('are read anew when facts were trimmed away that nobody had looked at', async () => {
    const { shard, people, tag } = await scene(1);
    let clock = Date.now();
    const feed = feedOf(shard, new LiveStays(), () => clock);
    const keep = { id: tag, venue: tag, zone: '', in: start, out: start + hour, trust: 1 };
    await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
    await bench.drain(shard);
    await bench.redis.xtrim(shard.stream, 'MAXLEN', 0);
    await shard.append([{ person: people[0]!, line: packKeep({ ...keep, id: `${tag}-2` }) }]);
    await bench.drain(shard);
    clock += 10 * minute;
    await expect(feed.beat()).rejects.toThrow(MissedFacts);
  });

  it('that are loaded at once are those of the graph', async () => {
    const { shard, people, tag } = await scene(2);
    const facts = people.map((person, at) => {
      const keep = { id: `${tag}-${at}`, venue: tag, zone: 'z', in: start, out: start + 30 * hour, trust: 0.5 };
      return { person, line: packKeep(keep) };
    });
    await shard.append(facts);
    await bench.drain(shard);
    let last = { days: 0, ofDays: 0, rows: 0, ofRows: 0 };
    const stays = new LiveStays((await loadStays(bench.graph, (so) => (last = so))).build());
    for (const person of people) expect(inMemory(stays, person)).toEqual(await inGraph(person));
    expect(last.days).toBeGreaterThanOrEqual(2);
    expect(last.rows).toBeGreaterThanOrEqual(4);
    expect(last.ofRows).toBeGreaterThanOrEqual(4);
  });
});

describe('a tracer that starts', () => {
  function keeper(dataDir: string) {
    const facts: Record<string, unknown>[] = [];
    const note = (fact: Record<string, unknown>) => void facts.push(fact);
    const log = { info: note, warn: note, debug: note } as unknown as Logger;
    const env = { SHARDS: 1, STAY_READER: 'memory' as const, RETENTION_DAYS: 21, DATA_DIR: dataDir };
    const made = new StayKeeper(bench.graph, bench.redis, env, () => Date.now(), log);
    return { keeper: made, facts };
  }

  /** Starts one, waits until it is ready, and stops it; tells where its stays came from, and what it warned of. */
  async function startAndStop(dataDir: string): Promise<{ from: unknown; warned: string[] }> {
    const { keeper: made, facts } = keeper(dataDir);
    made.start();
    await until('the stays are in memory', () => facts.some(({ fact }) => fact === 'stays-in-memory'));
    await made.stop();
    const warned = facts.filter(({ fact }) => fact === 'stay-snapshot-useless').map(({ reason }) => String(reason));
    return { from: facts.find(({ fact }) => fact === 'stays-in-memory')!['from'], warned };
  }

  it('reads the graph once, then its snapshot, and the graph again after that was damaged or is of another version', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-keeper-'));
    const file = join(dataDir, 'stays.snapshot');
    expect(await startAndStop(dataDir)).toEqual({ from: 'graph', warned: [] });
    expect(await startAndStop(dataDir)).toEqual({ from: 'snapshot', warned: [] });

    const whole = readFileSync(file);
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 1]! ^= 1;
    writeFileSync(file, damaged);
    expect(await startAndStop(dataDir)).toEqual({ from: 'graph', warned: ['it is damaged: its checksum is another'] });

    writeFileSync(file, whole.subarray(0, whole.length - 40));
    expect((await startAndStop(dataDir)).warned).toEqual([expect.stringContaining('it is damaged')]);

    const older = Buffer.from(whole.toString('latin1').replace('"version":1', '"version":0'), 'latin1');
    writeFileSync(file, older);
    expect(await startAndStop(dataDir)).toEqual({
      from: 'graph',
      warned: ['it is of version 0, this release reads 1'],
    });
  }, 60_000);

  it('answers with all that presence has folded by then', async () => {
    const { keeper: made } = keeper(mkdtempSync(join(tmpdir(), 'vetxanh-keeper-')));
    expect((await made.upToNow()).kept).toBeUndefined();
    made.start();
    try {
      await until('the reader answers', async () => (await made.upToNow()).kept !== undefined);
    } finally {
      await made.stop();
    }
  }, 60_000);
});
