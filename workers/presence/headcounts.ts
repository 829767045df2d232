import type { Redis } from 'ioredis';
import type { Graph } from '../../graph/graph.js';
import { asStay, type FoldState } from '../../src/domain/stay/step.js';
import { bodyField, headcountKey, packPush, pushKept, pushStream, type Push } from '../../src/streams.js';
import { done } from './pipeline.js';

/** News in one entry of the push stream (DESIGN section 5). */
const newsPerEntry = 250;

interface Place {
  venue: string;
  zone: string;
  in: number;
  /** Assumed end, epoch milliseconds. */
  out: number;
}

/** Who of one shard is where now: people whose stay has no true end yet and whose assumed end lies ahead (SPEC 4). */
export class Headcounts {
  private readonly places = new Map<string, Place>();
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly changed = new Set<string>();

  constructor(
    private readonly shard: number,
    private readonly redis: Redis,
  ) {}

  /** Starts over from the graph; `isOurs` tells the people of this shard. */
  async rebuild(graph: Graph, nowMs: number, isOurs: (person: string) => boolean): Promise<void> {
    this.places.clear();
    this.counts.clear();
    for (const { person, ...place } of await graph.read('presence/inside', { atMs: nowMs })) {
      if (isOurs(person)) this.put(person, place, nowMs);
    }
    this.changed.clear();
    const venues = [...this.counts.keys()].flatMap((venue) => [venue, this.textOf(venue)]);
    const pipeline = this.redis.pipeline().del(headcountKey(this.shard));
    if (venues.length) pipeline.hset(headcountKey(this.shard), ...venues);
    await done(pipeline);
    await this.tell([{ push: 'headcounts-reset', shard: this.shard }]);
  }

  /** A person's scans have folded to a new state. */
  take(person: string, { current }: FoldState, nowMs: number): void {
    this.remove(person);
    if (current) this.put(person, asStay(current), nowMs);
  }

  /** Takes out those whose assumed end has passed. */
  sweep(nowMs: number): void {
    for (const [person, place] of this.places) if (place.out <= nowMs) this.remove(person);
  }

  /** Writes and tells what has changed since the last time. */
  async publish(): Promise<void> {
    const venues = [...this.changed];
    if (venues.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (const venue of venues) {
      if (this.counts.has(venue)) pipeline.hset(headcountKey(this.shard), venue, this.textOf(venue));
      else pipeline.hdel(headcountKey(this.shard), venue);
    }
    await done(pipeline);
    await this.tell(
      venues.map((venue) => ({ push: 'headcount', shard: this.shard, venue, zones: this.zonesOf(venue) })),
    );
    this.changed.clear();
  }

  private put(person: string, { venue, zone, in: inMs, out }: Place, nowMs: number): void {
    if (out <= nowMs) return;
    this.places.set(person, { venue, zone, in: inMs, out });
    this.add({ venue, zone }, 1);
  }

  private remove(person: string): void {
    const place = this.places.get(person);
    if (!place) return;
    this.places.delete(person);
    this.add(place, -1);
  }

  private add({ venue, zone }: Pick<Place, 'venue' | 'zone'>, people: number): void {
    const zones = this.counts.get(venue) ?? new Map<string, number>();
    const count = (zones.get(zone) ?? 0) + people;
    if (count > 0) zones.set(zone, count);
    else zones.delete(zone);
    if (zones.size > 0) this.counts.set(venue, zones);
    else this.counts.delete(venue);
    this.changed.add(venue);
  }

  private zonesOf(venue: string): Record<string, number> {
    return Object.fromEntries(this.counts.get(venue) ?? []);
  }

  private textOf(venue: string): string {
    return JSON.stringify({ zones: this.zonesOf(venue) });
  }

  private async tell(news: Push[]): Promise<void> {
    for (let at = 0; at < news.length; at += newsPerEntry) {
      const body = packPush(news.slice(at, at + newsPerEntry));
      await this.redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, body);
    }
  }
}
