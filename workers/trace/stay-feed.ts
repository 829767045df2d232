import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Clock } from '../../config/clock.js';
import type { Graph } from '../../graph/graph.js';
import { knownStays } from '../../graph/stays/known-stays.js';
import type { LiveStays } from '../../graph/stays/live-stays.js';
import type { ChangedStay } from '../../src/domain/exposure/carrier-index.js';
import type { Positions } from '../../src/positions.js';
import { bodyField, comparePositions, factStream, kindOf, unpackFacts, type Fact } from '../../src/streams.js';
import { unpackRelinked } from '../../src/fold-news.js';
import type { ChangeLog } from './change-log.js';
import { entriesOf, reachMs, spanOf, surelyKeptMs } from './fact-span.js';

/** Entries looked at together, and people whose stays are read at once (assumptions). */
const entriesPerRead = 50;
const peoplePerRead = 500;

/** Facts are gone that were never looked at: everything has to be read anew. */
export class MissedFacts extends Error {}

/** How often facts are looked at while stays are being loaded (assumption): well within the time they are surely kept. */
const whileLoadingMs = 1_000;

/** What feeds keep up: those of all shards the same. */
export interface FedStays {
  stays: LiveStays;
  /** Which stays changed. A change is here before the position has passed its fact. */
  log: ChangeLog<ChangedStay>;
}

/** What a feed works with. */
export interface FeedTools {
  graph: Pick<Graph, 'read'>;
  redis: Redis;
  now: Clock;
  /** How far presence has folded all shards by now. */
  folded: () => Promise<Positions>;
}

/**
 * Keeps stays in memory up with one shard, in the order of its stream: whoever a fact is about has stays in the graph by
 * now, and those are told anew. It reads no further than presence has folded. Until there are stays to be kept up it
 * remembers whom to tell of, so that loading them may take longer than facts are kept.
 */
export class StayFeed {
  readonly stream: string;
  private lastLookMs: number;
  private beating: Promise<boolean> | undefined;
  private fed: FedStays | undefined;
  /** Whose stays may have changed while there were none, and since when. */
  private missed = new Map<string, number>();

  constructor(
    private readonly shard: number,
    private readonly tools: FeedTools,
    /** All before it has been told. `lookedMs` is when that was surely so. */
    private at: { position: string; lookedMs: number },
  ) {
    this.stream = factStream(shard);
    this.lastLookMs = at.lookedMs;
  }

  /** From now on these are kept up. They may be without whatever has happened since the feed began. */
  async keep(fed: FedStays): Promise<void> {
    this.fed = fed;
    const { missed } = this;
    this.missed = new Map();
    await this.tellOf(fed, [...missed]);
  }

  get position(): string {
    return this.at.position;
  }

  /** Whether everything up to a position has been told. */
  hasRead(position: string): boolean {
    return comparePositions(this.at.position, position) >= 0;
  }

  /** Looks once; resolves to whether there may be more. Who asks meanwhile gets the same look. */
  beat(): Promise<boolean> {
    this.beating ??= this.look().finally(() => (this.beating = undefined));
    return this.beating;
  }

  private async look(): Promise<boolean> {
    const { redis, now } = this.tools;
    const begunMs = now();
    const folded = (await this.tools.folded())[this.shard]!;
    const from = this.at.position;
    const { stream } = this;
    const mayBeTrimmed = begunMs - this.lastLookMs >= surelyKeptMs;
    const hasRead = this.hasRead(folded);
    const entries = hasRead
      ? []
      : await entriesOf(redis, { stream, from, folded, atMost: entriesPerRead, mayBeTrimmed });
    if (!entries) throw new MissedFacts(`the stream ${stream} no longer holds what came after ${from}`);
    this.lastLookMs = begunMs;
    if (hasRead) return false;
    const facts = entries.flatMap(([, [field, body = '']]) => (field === bodyField ? unpackFacts(body) : []));
    await this.tell(facts);
    this.at.position = entries.length < entriesPerRead ? folded : entries.at(-1)![0];
    return entries.length === entriesPerRead;
  }

  private async tell(facts: Fact[]): Promise<void> {
    const changed = changedAfter(facts);
    // Scans of somebody who is linked to another change the stays of that other.
    const linked = changed.size ? await this.tools.graph.read('people/roots', { ids: [...changed.keys()] }) : [];
    for (const { id, root } of linked) changed.set(root, Math.min(changed.get(root) ?? Infinity, changed.get(id)!));
    if (this.fed) return this.tellOf(this.fed, [...changed]);
    for (const [person, ms] of changed) this.missed.set(person, Math.min(ms, this.missed.get(person) ?? Infinity));
  }

  private async tellOf({ stays, log }: FedStays, after: [string, number][]): Promise<void> {
    for (let at = 0; at < after.length; at += peoplePerRead) {
      const part = after.slice(at, at + peoplePerRead);
      const rows = await this.tools.graph.read('cases/stays_of_people', {
        people: part.map(([person]) => person),
        fromsMs: part.map(([, afterMs]) => afterMs),
        tosMs: part.map(() => Number.MAX_SAFE_INTEGER),
      });
      const known = new Map(rows.map(({ person, ...columns }) => [person, [...knownStays(columns, () => person)]]));
      // What these stays come from has been folded by then, though its position may lie ahead of ours.
      const by = await this.tools.folded();
      for (const [person, afterMs] of part) {
        log.add(by, stays.tell({ person, afterMs, stays: known.get(person) ?? [] }));
      }
    }
  }
}

/** Does some long work and has feeds look at facts meanwhile; throws {@link MissedFacts} at its end if they missed some. */
export async function whileFeeding<T>(feeds: readonly StayFeed[], work: Promise<T>): Promise<T> {
  const ended = new AbortController();
  let fault: MissedFacts | undefined;
  const beats = async () => {
    while (!ended.signal.aborted && !fault) {
      try {
        for (const feed of feeds) while (await feed.beat());
      } catch (error) {
        if (error instanceof MissedFacts) fault = error; // with a service away for a moment they look again
      }
      await pause(whileLoadingMs, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const beating = beats();
  const done = await work.finally(() => ended.abort());
  await beating;
  if (fault) throw fault;
  return done;
}

/** Since when the stays of people may be others; a stay that was dropped, or is kept under its old id, may have been any. */
function changedAfter(facts: Fact[]): Map<string, number> {
  const after = new Map<string, number>();
  for (const { person, line } of facts) {
    if (kindOf(line) === 'm') for (const other of unpackRelinked(line)) after.set(other, 0);
    const span = spanOf(line);
    const ms = span && kindOf(line) !== 'k' ? span.from - 2 * reachMs : 0;
    after.set(person, Math.min(after.get(person) ?? Infinity, ms));
  }
  return after;
}
