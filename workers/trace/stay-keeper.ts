import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { LiveStays } from '../../graph/stays/live-stays.js';
import { loadStays } from '../../graph/stays/load-stays.js';
import type { ChangedStay } from '../../src/domain/exposure/carrier-index.js';
import type { Sliced } from '../../src/domain/exposure/sliced.js';
import { ENV } from '../../src/core.module.js';
import type { Positions } from '../../src/positions.js';
import { factStream } from '../../src/streams.js';
import { ChangeLog } from './change-log.js';
import { ReaderTeller } from './reader-teller.js';
import { MissedFacts, StayFeed, whileFeeding } from './stay-feed.js';
import { StaySnapshot } from './stay-snapshot.js';

/** How often news are looked for when no trace asks, and the rest after a fault (assumptions). */
const lookEveryMs = 200;
const restMs = 1_000;

/** What has reached the retention is taken out this often, also when little changes: as often as out of the graph. */
const forgetEveryMs = 3_600_000;

/** A trace waits this long for the reader to catch up, then it reads the graph (assumption). */
const patienceMs = 5_000;

/** Work in slices lets others have their turn after so long, and progress is told so often (assumptions). */
const sliceMs = 10;
const tellEveryMs = 5_000;
const dayMs = 86_400_000;

/** Stays in memory with what keeps them up, and what changed of them lately. */
export interface Kept {
  stays: LiveStays;
  feeds: StayFeed[];
  log: ChangeLog<ChangedStay>;
}

/** How far presence has folded, and the stays in memory if they hold all that; the graph does in any case. */
export interface UpToNow {
  folded: Positions;
  kept: Kept | undefined;
}

/**
 * Holds the stays of the retention in memory for tracing (DESIGN section 4): read from a snapshot or the graph at start,
 * kept up with what presence folds, merged and written down from time to time. Until it is ready, and whenever it lags,
 * cases are traced over the graph: the rows are the same.
 */
@Injectable()
export class StayKeeper {
  private kept: Kept | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private forgotMs = -Infinity;
  private readonly teller: ReaderTeller;
  private readonly snapshot: StaySnapshot;

  constructor(
    private readonly graph: Graph,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS' | 'STAY_READER' | 'RETENTION_DAYS' | 'DATA_DIR'>,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.teller = new ReaderTeller(redis, now);
    const { streams } = this;
    this.snapshot = new StaySnapshot({ redis, now, log, dataDir: env.DATA_DIR, streams, folded: () => this.folded() });
  }

  start(): void {
    this.teller.start(this.env.STAY_READER);
    if (this.env.STAY_READER === 'memory') this.running = this.run();
  }

  /** Resolves when the work in hand is done and written down. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.teller.end();
    if (!this.kept) return;
    await this.snapshot.write(this.kept).catch((error: unknown) => this.warn('stay-snapshot-not-written', error));
  }

  /** The stays, once they are up with all that presence has folded by now; without them the graph has to be read. */
  async upToNow(): Promise<UpToNow> {
    const { kept } = this;
    const folded = await this.folded();
    if (!kept) return { folded, kept };
    kept.stays.expire(this.horizonMs);
    const endMs = this.now() + patienceMs;
    try {
      for (const [shard, feed] of kept.feeds.entries()) {
        while (!feed.hasRead(folded[shard]!)) {
          if (this.now() > endMs) return { folded, kept: undefined };
          await feed.beat();
        }
      }
    } catch (error) {
      this.warn('stays-lag-behind', error);
      return { folded, kept: undefined };
    }
    return { folded, kept: this.kept === kept ? kept : undefined };
  }

  private get streams(): string[] {
    return Array.from({ length: this.env.SHARDS }, (_, shard) => factStream(shard));
  }

  private async folded(): Promise<Positions> {
    const shards = await this.graph.read('people/positions', { streams: this.streams });
    const positions = new Map(shards.map(({ stream, position }) => [stream, position]));
    return this.streams.map((stream) => positions.get(stream) ?? '0-0');
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        this.kept ??= await this.open();
        await this.beat(this.kept);
        await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
      } catch (error) {
        // Whoever missed something starts over; with a service away, what is known stays good.
        if (error instanceof MissedFacts) this.forget();
        if (!signal.aborted) this.warn('stays-interrupted', error);
        await pause(restMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private forget(): void {
    this.kept = undefined;
    this.teller.is({ ready: false, from: null, stays: 0, expected: null, bytes: 0 });
  }

  private async beat(kept: Kept): Promise<void> {
    const { stays, feeds } = kept;
    for (const feed of feeds) while ((await feed.beat()) && !this.stopping.signal.aborted);
    if (stays.wantsMerge || this.now() - this.forgotMs >= forgetEveryMs) await this.merge(kept);
    await this.snapshot.keepUp(kept);
    const { counts } = stays;
    this.teller.comes({ stays: counts.stays, expected: counts.stays, bytes: counts.bytes });
  }

  /** Only a merge takes away what has reached the retention, and only a file people and places that are gone with it. */
  private async merge(kept: Kept): Promise<void> {
    this.forgotMs = this.now();
    await inTurns(kept.stays.merge(this.horizonMs));
    this.snapshot.outdated();
    if (!kept.stays.wantsNumbers) return;
    await this.snapshot.write(kept);
    this.forget();
  }

  private get horizonMs(): number {
    return this.now() - this.env.RETENTION_DAYS * dayMs;
  }

  private async open(): Promise<Kept> {
    const begunMs = this.now();
    const { stays, feeds, from } = (await this.fromSnapshot(begunMs)) ?? (await this.fromGraph(begunMs));
    // What was folded by now may be in the stays already: it is not known what it changed.
    const log = new ChangeLog<ChangedStay>(await this.folded());
    for (const feed of feeds) await feed.keep({ stays, log });
    const { counts } = stays;
    this.log.info({ fact: 'stays-in-memory', from, ...counts, tookMs: this.now() - begunMs });
    this.teller.is({ ready: true, from, stays: counts.stays, expected: counts.stays, bytes: counts.bytes });
    return { stays, feeds, log };
  }

  /** `positions` of the streams by name: all before them is known. */
  private feedsFrom(positions: Record<string, string>, lookedMs: number): StayFeed[] {
    const { graph, redis, now } = this;
    const tools = { graph, redis, now, folded: () => this.folded() };
    return this.streams.map((stream, shard) => {
      return new StayFeed(shard, tools, { position: positions[stream] ?? '0-0', lookedMs });
    });
  }

  private async fromSnapshot(begunMs: number) {
    const found = await this.snapshot.read((so) => this.teller.comes({ from: 'snapshot', ...so }));
    if (!found) return undefined;
    const { positions, late } = found;
    const feeds = this.feedsFrom(positions, begunMs);
    return { stays: new LiveStays(await inTurns(found.mass), late), feeds, from: 'snapshot' as const };
  }

  private async fromGraph(begunMs: number) {
    const shards = await this.graph.read('people/positions', { streams: this.streams });
    const positions = Object.fromEntries(shards.map(({ stream, position }) => [stream, position]));
    const feeds = this.feedsFrom(positions, begunMs);
    this.teller.is({ from: 'graph', stays: 0, expected: null });
    const stays = await whileFeeding(feeds, this.load());
    return { stays, feeds, from: 'graph' as const };
  }

  private async load(): Promise<LiveStays> {
    let toldMs = this.now();
    const table = await loadStays(this.graph, (so) => {
      this.stopping.signal.throwIfAborted();
      this.teller.comes({ from: 'graph', stays: so.rows, expected: so.ofRows });
      if (this.now() - toldMs < tellEveryMs) return;
      toldMs = this.now();
      this.log.info({ fact: 'stays-loading', ...so });
    });
    return new LiveStays(await inTurns(table.building()));
  }

  private warn(fact: string, error: unknown): void {
    this.log.warn({ fact, reason: (error as Error).message });
  }
}

/** Does work in slices and lets others have their turn between them. */
async function inTurns<T>(work: Sliced<T>): Promise<T> {
  for (let begun = performance.now(); ;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - begun < sliceMs) continue;
    await turn();
    begun = performance.now();
  }
}
