import type { Redis } from 'ioredis';
import { step, type Graph } from '../../graph/graph.js';
import { unpackRelinked } from '../../src/fold-news.js';
import { daysTouched } from '../../src/domain/stay/day.js';
import type { Clock } from '../../config/clock.js';
import { bodyField, comparePositions, factStream, kindOf, unpackFacts, type Fact } from '../../src/streams.js';
import type { TraceNews } from '../../src/trace-news.js';
import { reachMs, spanOf, surelyKeptMs, wasTrimmed } from './fact-span.js';
import type { TracedOver } from '../../src/traced-over.js';

/** Entries looked at together; each holds up to 2,000 facts (assumption). */
const entriesPerRead = 50;

/** A position that touches no case is written down this often (assumption). */
const idleWriteMs = 1_000;

export interface FollowerTools {
  graph: Graph;
  redis: Redis;
  news: TraceNews;
  over: TracedOver;
  now: Clock;
}

/** What some facts may have changed: stays of people since an instant, and stays on days of venues. */
interface Changes {
  sinceMs: Map<string, number>;
  days: Set<string>;
}

/**
 * Follows the facts of one shard up to where presence has folded them, with a position of its own in the graph, and
 * marks the cases that the changed stays may touch. The position moves in the transaction that leaves the note.
 */
export class Follower {
  private readonly stream: string;
  private readonly id: string;
  private position: string | undefined;
  private written: string | undefined;
  private lastLookMs = -Infinity;
  private lastWriteMs = -Infinity;

  constructor(
    shard: number,
    private readonly tools: FollowerTools,
  ) {
    this.stream = factStream(shard);
    this.id = `trace:${this.stream}`;
  }

  /** Looks once; resolves to whether there may be more to look at. */
  async beat(): Promise<boolean> {
    const { graph, redis, now } = this.tools;
    const shards = await graph.read('people/positions', { streams: [this.stream, this.id] });
    const folded = shards.find(({ stream }) => stream === this.stream)?.position ?? '0-0';
    const own = shards.find(({ stream }) => stream === this.id)?.position;
    const from = this.position ?? own;
    this.written = own ?? '0-0';
    if (from === undefined || (await this.wasCut(from))) return this.startOver(folded);
    this.position = from;
    this.lastLookMs = now();
    if (comparePositions(from, folded) >= 0) {
      if (from !== this.written) await this.moveOn(from, []);
      return false;
    }
    const entries = await redis.xrange(this.stream, `(${from}`, folded, 'COUNT', entriesPerRead);
    const to = entries.length < entriesPerRead ? folded : entries.at(-1)![0];
    const facts = entries.flatMap(([, [field, body = '']]) => (field === bodyField ? unpackFacts(body) : []));
    await this.moveOn(to, await this.touchedBy(facts));
    return entries.length === entriesPerRead;
  }

  /** After a fault: the position is read again from the graph. */
  forget(): void {
    this.position = undefined;
    this.lastLookMs = -Infinity;
  }

  /** Whether facts may be gone that were never looked at: the stream no longer holds the entry we stand at. */
  private async wasCut(from: string): Promise<boolean> {
    const { redis, now } = this.tools;
    if (now() - this.lastLookMs < surelyKeptMs) return false;
    return wasTrimmed(redis, { stream: this.stream, from });
  }

  /** Nothing is known of what happened until now: all cases that stand are traced anew. */
  private async startOver(folded: string): Promise<boolean> {
    const open = await this.tools.graph.read('cases/open_ids', {});
    await this.moveOn(
      folded,
      open.map(({ id }) => id),
    );
    this.lastLookMs = this.tools.now();
    return true;
  }

  private async moveOn(to: string, cases: string[]): Promise<void> {
    const { graph, news, now } = this.tools;
    this.position = to;
    if (cases.length === 0 && now() - this.lastWriteMs < idleWriteMs) return;
    const { note, write } = news.noteFor(cases);
    const touch = step('cases/touch', { ids: cases, atMs: now() });
    const move = step('presence/move', { stream: this.id, from: this.written!, to });
    const steps = cases.length ? [move, touch, write] : [move];
    await graph.writeAll(steps, ([moved = []]) => {
      if (moved.length === 0) throw new Error('somebody else follows this stream');
    });
    this.lastWriteMs = now();
    if (cases.length) await news.handOnMarked(cases, note);
  }

  private async touchedBy(facts: Fact[]): Promise<string[]> {
    const { graph, over } = this.tools;
    if (facts.length === 0) return [];
    const [open] = await graph.read('cases/any_open', {});
    if (!open) return [];
    const { sinceMs, days } = changesOf(facts);
    // Scans of somebody who is linked to another change the stays of that other.
    for (const { id, root } of await graph.read('people/roots', { ids: [...sinceMs.keys()] })) {
      sinceMs.set(root, Math.min(sinceMs.get(root) ?? Infinity, sinceMs.get(id)!));
    }
    const people = [...sinceMs.keys()];
    const touched = await graph.read('cases/days_of_people', { people, sincesMs: [...sinceMs.values()] });
    const keys = [...new Set([...days, ...touched.map(({ key }) => key)])];
    // Running traces first: one that ends meanwhile has left its exposures in the graph by then.
    const due = await graph.read('cases/due', { beforeMs: Number.MAX_SAFE_INTEGER });
    const cases = new Set<string>();
    for (const { id } of due) if (await over.hasRead(id, { people, days: keys })) cases.add(id);
    for (const { id } of await graph.read('cases/touched_by', { people, keys })) cases.add(id);
    return [...cases];
  }
}

/** Where and when the stays of a batch of facts may have changed. */
function changesOf(facts: Fact[]): Changes {
  const changes: Changes = { sinceMs: new Map(), days: new Set() };
  const since = (person: string, ms: number) =>
    changes.sinceMs.set(person, Math.min(changes.sinceMs.get(person) ?? Infinity, ms));
  for (const { person, line } of facts) {
    if (kindOf(line) === 'm') for (const other of unpackRelinked(line)) since(other, 0);
    const span = spanOf(line);
    since(person, span ? span.from - reachMs : Number.MAX_SAFE_INTEGER);
    if (span?.venue !== undefined) {
      for (const day of daysTouched(span.from, span.to)) changes.days.add(`${span.venue}|${day}`);
    }
  }
  return changes;
}
