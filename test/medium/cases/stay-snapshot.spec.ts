import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Logger } from '../../../config/log.js';
import { LiveStays } from '../../../graph/stays/live-stays.js';
import { readSnapshot } from '../../../graph/stays/snapshot-file.js';
import type { ChangedStay } from '../../../src/domain/exposure/carrier-index.js';
import { atOneGo } from '../../../src/domain/exposure/sliced.js';
import { packKeep } from '../../../src/streams.js';
import { ChangeLog } from '../../../workers/trace/change-log.js';
import { StayKeeper } from '../../../workers/trace/stay-keeper.js';
import { StaySnapshot } from '../../../workers/trace/stay-snapshot.js';
import { Bench } from '../presence/bench.js';
import { until } from '../../until.js';
import { feedOf, inMemory, scene } from './kept-stays.js';

const hour = 3_600_000;
const start = Date.now() - 96 * hour;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open(240);
});
afterAll(() => bench.close());

describe('a tracer that starts', () => {
  function keeper(dataDir: string, now = () => Date.now()) {
    const facts: Record<string, unknown>[] = [];
    const note = (fact: Record<string, unknown>) => void facts.push(fact);
    const log = { info: note, warn: note, debug: note } as unknown as Logger;
    const env = { SHARDS: 1, STAY_READER: 'memory' as const, RETENTION_DAYS: 21, DATA_DIR: dataDir };
    const made = new StayKeeper(bench.graph, bench.redis, env, now, log);
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

  it('forgets what has reached the retention, in memory and in its file, though nothing else happens', async () => {
    const { shard, people, tag } = await scene(bench, 1);
    const keep = { id: tag, venue: tag, zone: '', in: start, out: start + hour, trust: 1 };
    await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
    await bench.drain(shard);
    const dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-keeper-'));
    let clock = Date.now();
    const { keeper: made } = keeper(dataDir, () => clock);
    const kept = async () => (await made.upToNow()).kept?.stays;
    made.start();
    try {
      await until('the stays are in memory', async () => (await kept()) !== undefined);
      expect(inMemory((await kept())!, people[0]!)).toHaveLength(1);
      clock += 21 * 24 * hour;
      expect(inMemory((await kept())!, people[0]!)).toEqual([]);
      const number = (await kept())!.personNumber(people[0]!)!;
      await until('it is merged away', async () => [...(await kept())!.parts().mass.ofOne(number)].length === 0);
    } finally {
      await made.stop();
    }
    const { mass } = (await readSnapshot(join(dataDir, 'stays.snapshot')))!;
    expect(inMemory(new LiveStays(atOneGo(mass)), people[0]!)).toEqual([]);
  }, 60_000);

  it('forgets people and places that have no stay any more, once they are most of all', async () => {
    const { shard, people, tag } = await scene(bench, 1);
    const keep = { id: tag, venue: tag, zone: '', in: start, out: start + hour, trust: 1 };
    await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
    await bench.drain(shard);
    let clock = Date.now();
    const { keeper: made } = keeper(mkdtempSync(join(tmpdir(), 'vetxanh-keeper-')), () => clock);
    const kept = async () => (await made.upToNow()).kept?.stays;
    made.start();
    try {
      const first = await until('the stays are in memory', kept);
      for (let each = 0; each <= 100_000; each++) first.tell({ person: `${tag}-${each}`, afterMs: 0, stays: [] });
      clock += hour;
      const second = await until('they are read anew', async () => {
        const stays = await kept();
        return stays !== first && stays;
      });
      expect(second.personNumber(`${tag}-7`)).toBeUndefined();
      expect(inMemory(second, people[0]!)).toEqual(inMemory(first, people[0]!));
    } finally {
      await made.stop();
    }
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

describe('a snapshot', () => {
  /** One that was written when all facts of a shard so far had been read. */
  async function written() {
    const { shard, people, tag } = await scene(bench, 1);
    const stays = new LiveStays();
    const feed = await feedOf(bench, shard, { stays });
    const happens = async (at: number) => {
      const from = start + at * hour;
      const keep = { id: `${tag}-${at}`, venue: tag, zone: '', in: from, out: from + hour, trust: 1 };
      await shard.append([{ person: people[0]!, line: packKeep(keep) }]);
      await bench.drain(shard);
    };
    await happens(0);
    while (await feed.beat());
    const warned: unknown[] = [];
    const log = { warn: ({ reason }: { reason: string }) => void warned.push(reason) } as unknown as Logger;
    const dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-snapshot-'));
    const position = async () =>
      (await bench.graph.read('people/positions', { streams: [shard.stream] }))[0]?.position ?? '0-0';
    let isAway = false;
    const folded = async () => (isAway ? Promise.reject(new Error('nobody there')) : [await position()]);
    const tools = { redis: bench.redis, now: () => Date.now(), log, dataDir, streams: [shard.stream], folded };
    await new StaySnapshot(tools).write({ stays, feeds: [feed], log: new ChangeLog<ChangedStay>([]) });
    const read = () => new StaySnapshot(tools).read(() => undefined);
    return { shard, happens, position, read, warned, away: (is: boolean) => (isAway = is) };
  }

  it('is read with the stream since', async () => {
    const { happens, read, warned } = await written();
    await happens(2);
    expect(atOneGo((await read())!.mass).counts.stays + (await read())!.late.length).toBe(1);
    expect(warned).toEqual([]);
  });

  it('is of no use once the stream is lost with what came since, and is taken away', async () => {
    const { shard, happens, read, warned } = await written();
    await happens(2);
    await bench.redis.del(shard.stream);
    expect(await read()).toBeUndefined();
    expect(await read()).toBeUndefined();
    expect(warned).toEqual([`it is old: ${shard.stream} was trimmed since`]);
  });

  it('is of no use to a graph of before it', async () => {
    const { shard, position, read, warned } = await written();
    await bench.graph.write('presence/move', { stream: shard.stream, from: await position(), to: '1-0' });
    expect(await read()).toBeUndefined();
    expect(warned).toEqual([`it is of another graph: ${shard.stream} has not been folded so far`]);
  });

  it('stays where it is while nobody can tell whether it is of use', async () => {
    const { read, away } = await written();
    away(true);
    await expect(read()).rejects.toThrow('nobody there');
    away(false);
    expect(await read()).toBeDefined();
  });
});
