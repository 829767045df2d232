import type { Redis } from 'ioredis';
import { loadEnv } from '../../../config/env.js';
import { newId } from '../../../config/ids.js';
import { createLog } from '../../../config/log.js';
import { connectRedis, connectRedisBlocking } from '../../../config/redis.js';
import { Graph } from '../../../graph/graph.js';
import { migrate } from '../../../graph/migrate.js';
import { foldScans } from '../../../src/domain/stay/fold.js';
import { packScan, packUndo } from '../../../src/domain/stay/packed.js';
import type { Scan, Undo } from '../../../src/domain/stay/scan.js';
import { bodyField, factStream, headcountKey, packFacts, shardOf, type Fact } from '../../../src/streams.js';
import { PresenceShard, type Tools } from '../../../workers/presence/shard.js';
import { at, shippedRules } from '../../domain/stay/world.js';

/** As many shards as there may be, so that test files have some of their own. */
const shards = 256;

/** Real servers, and shards of one test file alone. */
export class Bench {
  readonly tag = newId();

  private constructor(
    readonly graph: Graph,
    readonly redis: Redis,
    private readonly reading: Redis,
    private nextShard: number,
  ) {}

  /** `firstShard` keeps the files that run side by side apart. */
  static async open(firstShard: number): Promise<Bench> {
    const env = loadEnv(process.env);
    const graph = Graph.connect(env);
    await migrate(graph, Date.now());
    const redis = connectRedis(env.REDIS_URL);
    await new Promise((resolve) => redis.once('ready', resolve));
    return new Bench(graph, redis, connectRedisBlocking(env.REDIS_URL), firstShard);
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    this.reading.disconnect();
    await this.graph.close();
  }

  /** A shard with nothing in it, and how to work with it. */
  async shard(nowMs = at('23:00'), more: Partial<Tools> = {}) {
    const shard = this.nextShard++;
    const stream = factStream(shard);
    await this.empty(stream, shard);
    let clock = nowMs;
    const { graph, redis, reading } = this;
    const log = createLog('test', 'silent');
    const policies = { stayRules: shippedRules, learn: () => Promise.resolve() };
    const tools: Tools = { graph, redis, reading, policies, now: () => clock, log, shards, retentionDays: 21, ...more };
    return {
      tools,
      stream,
      shard,
      worker: () => new PresenceShard(shard, tools),
      setClock: (ms: number) => (clock = ms),
      person: () => personOf(shard),
      append: (facts: Fact[]) => redis.xadd(stream, '*', bodyField, packFacts(facts)),
    };
  }

  /** Beats until everything appended so far is folded; a fault makes a new worker, as a crash does. */
  async drain({ worker, stream }: Shard): Promise<void> {
    const [last] = await this.redis.xrevrange(stream, '+', '-', 'COUNT', 1);
    for (let current = worker(); ;) {
      const [state] = await this.graph.read('people/positions', { streams: [stream] });
      if (!last || state?.position === last[0]) return;
      await current.beat().catch(() => (current = worker()));
    }
  }

  /** A scan at a venue that no other file knows. */
  readonly here = (scan: Scan): Scan => ({ ...scan, venue: `${this.tag}-${scan.venue}` });

  /** The stays of a person in the form in which folding gives them. */
  async stays(person: string) {
    const rows = await this.graph.read('people/stays', { person, fromMs: 0, toMs: 8e15 });
    return rows.map(
      ({ inMs, outMs, venueName: _, venueCode: ____, lat: _____, lon: ______, kept: __, of: ___, ...row }) => ({
        ...row,
        in: inMs,
        out: outMs,
      }),
    );
  }

  private async empty(stream: string, shard: number): Promise<void> {
    await this.redis.del(stream, headcountKey(shard));
    const [known] = await this.graph.read('people/positions', { streams: [stream] });
    await this.graph.write('presence/move', { stream, from: known?.position ?? '0-0', to: '0-0' });
  }
}

export type Shard = Awaited<ReturnType<Bench['shard']>>;

function personOf(shard: number): string {
  for (;;) {
    const id = newId();
    if (shardOf(id, shards) === shard) return id;
  }
}

export const packed = (person: string, scans: Scan[], undone: Undo[] = []): Fact[] =>
  [...scans.map(packScan), ...undone.map(packUndo)].map((line) => ({ person, line }));

export const folded = (scans: Scan[], undone: Undo[] = []) =>
  foldScans(scans, undone, shippedRules).stays.map(({ scans: _, ...stay }) => stay);
