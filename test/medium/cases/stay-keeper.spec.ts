import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../../config/ids.js';
import { LiveStays } from '../../../graph/stays/live-stays.js';
import { loadStays } from '../../../graph/stays/load-stays.js';
import type { ChangedStay } from '../../../src/domain/exposure/carrier-index.js';
import { atOneGo } from '../../../src/domain/exposure/sliced.js';
import type { Scan } from '../../../src/domain/stay/scan.js';
import { packDrop, packKeep, type Fact } from '../../../src/streams.js';
import { ChangeLog } from '../../../workers/trace/change-log.js';
import { MissedFacts, whileFeeding, type StayFeed } from '../../../workers/trace/stay-feed.js';
import { aScan } from '../../domain/stay/world.js';
import { Bench, packed } from '../presence/bench.js';
import { until } from '../../until.js';
import { feedFrom, feedOf, inMemory, scene } from './kept-stays.js';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.now() - 96 * hour;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open(220);
});
afterAll(() => bench.close());

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
        const { shard, people, tag } = await scene(bench, 4);
        const stays = new LiveStays();
        const feed = await feedOf(bench, shard, { stays });
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
    const { shard, people, tag } = await scene(bench, 1);
    const stays = new LiveStays();
    const feed = await feedOf(bench, shard, { stays });
    for (const from of [start, start + 60 * hour]) {
      const keep = { id: tag, venue: tag, zone: '', in: from, out: from + hour, trust: 1 };
      await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
      await bench.drain(shard);
      while (await feed.beat());
    }
    expect(inMemory(stays, people[0]!)).toEqual(await inGraph(people[0]!));
  });

  it('are read no further than presence has folded', async () => {
    const { shard, people, tag } = await scene(bench, 1);
    const stays = new LiveStays();
    const feed = await feedOf(bench, shard, { stays });
    const keep = { id: tag, venue: tag, zone: '', in: start, out: start + hour, trust: 1 };
    await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
    while (await feed.beat());
    expect(feed.position).toBe('0-0');
    await bench.drain(shard);
    while (await feed.beat());
    expect(inMemory(stays, people[0]!)).toHaveLength(1);
  });

  it('are read anew when facts were trimmed away that nobody had looked at', async () => {
    const { shard, people, tag } = await scene(bench, 1);
    let clock = Date.now();
    const feed = await feedOf(bench, shard, { stays: new LiveStays(), now: () => clock });
    const keep = { id: tag, venue: tag, zone: '', in: start, out: start + hour, trust: 1 };
    await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
    await bench.drain(shard);
    await bench.redis.xtrim(shard.stream, 'MAXLEN', 0);
    await shard.append([{ person: people[0]!, line: packKeep({ ...keep, id: `${tag}-2` }) }]);
    await bench.drain(shard);
    clock += 10 * minute;
    await expect(feed.beat()).rejects.toThrow(MissedFacts);
  });

  it('are read anew when the stream is lost with facts that were folded a moment ago', async () => {
    const { shard, people, tag } = await scene(bench, 1);
    const feed = await feedOf(bench, shard, { stays: new LiveStays() });
    const keep = { id: tag, venue: tag, zone: '', in: start, out: start + hour, trust: 1 };
    await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
    await bench.drain(shard);
    await bench.redis.del(shard.stream);
    await expect(feed.beat()).rejects.toThrow(MissedFacts);
  });

  it('that take longer to load than facts are kept are those of the graph in the end', async () => {
    const { shard, people, tag } = await scene(bench, 1);
    const happens = async (at: number) => {
      const [from, id] = [start + at * hour, `${tag}-${at}`];
      await shard.append([
        { person: people[0]!, line: packKeep({ id, venue: tag, zone: '', in: from, out: from + hour, trust: 1 }) },
      ]);
      await bench.drain(shard);
    };
    await happens(0);
    let clock = Date.now();
    const feed = feedFrom(bench, shard, () => clock);
    const load = async () => {
      const table = await loadStays(bench.graph, () => undefined);
      for (const at of [2, 4]) {
        await happens(at);
        const [last] = await bench.redis.xrevrange(shard.stream, '+', '-', 'COUNT', 1);
        await until('it has been looked at', () => feed.hasRead(last![0]));
        await bench.redis.xtrim(shard.stream, 'MINID', last![0]);
        clock += minute;
      }
      return new LiveStays(table.build());
    };
    const stays = await whileFeeding([feed], load());
    expect(inMemory(stays, people[0]!)).toHaveLength(1);
    await feed.keep({ stays, log: new ChangeLog<ChangedStay>([]) });
    expect(inMemory(stays, people[0]!)).toEqual(await inGraph(people[0]!));
    expect(inMemory(stays, people[0]!)).toHaveLength(3);
  }, 60_000);

  it.each([
    ['are loaded again when facts were missed meanwhile', new MissedFacts('gone'), 'gone'],
    ['are not when a service was away for a moment', new Error('away'), 'loaded'],
  ])('that are being loaded %s', async (_, fault, outcome) => {
    let looks = 0;
    const beat = () => (looks++ === 0 ? Promise.reject(fault) : Promise.resolve(false));
    const work = until('it was looked', () => looks > 0).then(() => 'loaded');
    const feed = { beat } as unknown as StayFeed;
    expect(await whileFeeding([feed], work).catch((error: Error) => error.message)).toBe(outcome);
  });

  it('that are loaded at once are those of the graph', async () => {
    const { shard, people, tag } = await scene(bench, 2);
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
