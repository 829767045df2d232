import type { Redis } from 'ioredis';
import type { Clock } from '../../config/clock.js';
import type { Logger } from '../../config/log.js';
import { step, type Graph, type Step } from '../../graph/graph.js';
import type { Policies } from '../../src/policies.js';
import { factStream, foldKey, shardOf, type Fact } from '../../src/streams.js';
import { countUnmatched } from '../../src/worker-state.js';
import { byPerson, decide, type Unread } from './batch.js';
import type { Known } from './folding.js';
import { Headcounts } from './headcounts.js';
import { Histories } from './histories.js';
import { done, isFull } from './pipeline.js';
import { FactReader } from './reader.js';
import { Retention } from './retention.js';
import { Same } from './same.js';

/** Undo finds its scan in the stream for two minutes, so the stream is kept that long behind the position. */
const keptBehindMs = 3 * 60_000;
const trimEveryMs = 5_000;
const sweepEveryMs = 10_000;

/** Folding states last as long as the longest stay may, and a day more (assumption). */
const foldMs = 48 * 3_600_000;

/** How long a loop rests after a fault before it starts over (assumption). */
const restMs = 500;

const dayMs = 86_400_000;

/** Somebody else moved the position: what was decided is void. */
class Overtaken extends Error {}

/** What a shard works with. */
export interface Tools {
  graph: Graph;
  /** For commands; fails fast. */
  redis: Redis;
  /** For blocking reads; this shard's alone. */
  reading: Redis;
  policies: Pick<Policies, 'stayRules' | 'learn'>;
  now: Clock;
  log: Logger;
  shards: number;
  retentionDays: number;
}

/**
 * Folds the facts of one shard into stays: read, decide, write and hand on (DESIGN section 1). The stream's position
 * moves in the transaction that writes the stays, so a crash loses nothing and a second reader changes nothing.
 */
export class PresenceShard {
  private readonly stream: string;
  private readonly reader: FactReader;
  private readonly histories: Histories;
  private readonly headcounts: Headcounts;
  private readonly retention: Retention;
  private readonly same: Same;
  private position: string | undefined;
  private stopped = false;
  private done: Promise<void> | undefined;
  private readonly lastDone = { sweep: 0, trim: 0 };
  /** Redis had no room for something it should have been told. */
  private untold = false;

  constructor(
    private readonly shard: number,
    private readonly tools: Tools,
  ) {
    this.stream = factStream(shard);
    this.reader = new FactReader(tools.reading, this.stream);
    this.same = new Same(shard, tools);
    this.histories = new Histories(tools.graph, tools.policies.stayRules, (person) => this.same.has(person));
    this.headcounts = new Headcounts(shard, tools.redis);
    this.retention = new Retention(this.stream, tools);
  }

  start(): void {
    this.done = this.run();
  }

  /** Resolves when the batch in hand is written and handed on; nothing more is read. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.tools.reading.disconnect();
    await this.done;
  }

  /** Reads on, writes and hands on once; resolves to the number of facts. Tests call it to go step by step. */
  async beat(): Promise<number> {
    this.position ??= await this.begin();
    const { facts, last } = await this.reader.next(this.position);
    if (last !== undefined) await this.take(facts, this.position, last);
    await this.housekeeping();
    return facts.length;
  }

  private async run(): Promise<void> {
    const { log } = this.tools;
    while (!this.stopped) {
      try {
        await this.beat();
      } catch (error) {
        this.beginAnew();
        if (this.stopped) return;
        log.warn({ fact: 'presence-interrupted', stream: this.stream, reason: (error as Error).message });
        await new Promise((resolve) => setTimeout(resolve, restMs));
      }
    }
  }

  /** Where the graph says that reading goes on; head counts are made anew, for others may have moved on meanwhile. */
  private async begin(): Promise<string> {
    const { graph, now, shards } = this.tools;
    await this.same.load();
    const [shard] = await graph.read('people/positions', { streams: [this.stream] });
    const position = shard?.position ?? '0-0';
    await this.trim(position, now());
    await this.asFarAsRoom(async () => {
      await this.headcounts.rebuild(graph, now(), (person) => shardOf(person, shards) === this.shard);
      // Whoever wrote the batch before may have ended before it could tell Redis.
      const people = await this.reader.peopleBefore(position);
      await this.tellFolds(await this.histories.of(people));
    });
    return position;
  }

  private async take(read: Fact[], from: string, to: string): Promise<void> {
    const { graph, policies, now, retentionDays } = this.tools;
    const rulesAt = policies.stayRules;
    const facts = await this.same.route(read);
    const { people, unread } = byPerson(facts, rulesAt);
    this.histories.forget(this.same.join(people));
    await policies.learn([...people.values()].flatMap(({ scans }) => scans.map(({ unit }) => unit)));
    const histories = await this.histories.of([...people.keys()]);
    const horizonMs = now() - retentionDays * dayMs;
    const { steps: decided, doubts, unmatched } = decide(people, histories, { rulesAt, horizonMs });
    const steps = [...decided, ...this.same.steps(people), ...this.setAside(unread)];
    try {
      await graph.writeAll([step('presence/move', { stream: this.stream, from, to }), ...steps], ([moved = []]) => {
        if (moved.length === 0) throw new Overtaken(`the position is not ${from} any more`);
      });
    } catch (error) {
      this.histories.clear();
      throw error;
    }
    this.histories.keep(histories);
    this.position = to;
    await this.asFarAsRoom(async () => {
      await this.handOn(histories);
      await countUnmatched(this.tools.redis, unmatched);
      await doubts.tell(this.tools.redis, now());
    });
  }

  /**
   * A full Redis stops no folding: only what is folded can be taken out of the stream, which makes the room. What it was
   * not told is made anew later.
   */
  private async asFarAsRoom(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      if (!isFull(error)) throw error;
      if (!this.untold) this.tools.log.warn({ fact: 'redis-full', stream: this.stream });
      this.untold = true;
    }
  }

  private setAside(unread: Unread[]): Step[] {
    if (unread.length === 0) return [];
    this.tools.log.error({ fact: 'facts-not-readable', stream: this.stream, facts: unread.length });
    const [people, lines] = [unread.map(({ person }) => person), unread.map(({ line }) => line)];
    const reasons = unread.map(({ reason }) => reason);
    return [step('presence/set_aside', { stream: this.stream, people, lines, reasons, atMs: this.tools.now() })];
  }

  /** What can be made anew from the graph: losing it costs a better direction at a gate, nothing else. */
  private async handOn(histories: Map<string, Known>): Promise<void> {
    const now = this.tools.now();
    for (const [person, { state }] of histories) this.headcounts.take(person, state, now);
    await this.tellFolds(histories);
    await this.headcounts.publish();
    await this.same.handOn();
  }

  private async tellFolds(histories: Map<string, Known>): Promise<void> {
    const { redis, shards } = this.tools;
    const pipeline = redis.pipeline();
    for (const [person, { state }] of this.same.spread(histories)) {
      pipeline.set(foldKey(shardOf(person, shards), person), JSON.stringify(state), 'PX', foldMs);
    }
    await done(pipeline);
  }

  private async housekeeping(): Promise<void> {
    const now = this.tools.now();
    if (now - this.lastDone.sweep >= sweepEveryMs) {
      this.lastDone.sweep = now;
      this.headcounts.sweep(now);
      await this.asFarAsRoom(() => this.headcounts.publish());
    }
    const isTime = now - this.lastDone.trim >= trimEveryMs;
    if (isTime) {
      this.lastDone.trim = now;
      await this.trim(this.position!, now);
    }
    const ran = this.retention.isRunning;
    if (await this.retention.beat(this.position!)) this.histories.clear();
    if (ran && !this.retention.isRunning) await this.same.refoldAll();
    await this.asFarAsRoom(() => this.same.handOn());
    if (isTime && this.untold) this.beginAnew();
  }

  /** The next beat starts where the graph says, and tells Redis everything that can be told of that. */
  private beginAnew(): void {
    this.position = undefined;
    this.untold = false;
    this.histories.clear();
  }

  private async trim(position: string, now: number): Promise<void> {
    const [reached = 0] = position.split('-').map(Number);
    const before = Math.min(reached, now - keptBehindMs);
    if (before > 0) await this.tools.redis.xtrim(this.stream, 'MINID', String(before));
  }
}
