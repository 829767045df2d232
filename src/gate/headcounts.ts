import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Env } from '../../config/env.js';
import { REDIS } from '../../config/redis.js';
import { ENV } from '../core.module.js';
import { headcountKey, type ShardHeadcount } from '../streams.js';

type Zones = Record<string, number>;

/** People inside each venue, as the presence workers of all shards last told. */
@Injectable()
export class Headcounts {
  /** By shard, then by venue. */
  private shards = new Map<number, Map<string, Zones>>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
  ) {}

  /** Reads the counts of every shard. */
  async load(): Promise<void> {
    for (let shard = 0; shard < this.env.SHARDS; shard++) await this.loadShard(shard);
  }

  /** Reads the counts of a shard whose worker started over. */
  async loadShard(shard: number): Promise<void> {
    const counts = Object.entries(await this.redis.hgetall(headcountKey(shard)));
    this.shards.set(
      shard,
      new Map(counts.map(([venue, text]) => [venue, (JSON.parse(text) as { zones: Zones }).zones])),
    );
  }

  take({ shard, venue, zones }: ShardHeadcount): void {
    const venues = this.shards.get(shard) ?? new Map<string, Zones>();
    this.shards.set(shard, venues.set(venue, zones));
  }

  /** People by zone; the empty zone is `""`. */
  zonesOf(venue: string): Zones {
    const sum: Zones = {};
    for (const venues of this.shards.values()) {
      for (const [zone, people] of Object.entries(venues.get(venue) ?? {})) sum[zone] = (sum[zone] ?? 0) + people;
    }
    return sum;
  }

  inside(venue: string): number {
    let people = 0;
    for (const venues of this.shards.values()) {
      const zones = venues.get(venue);
      for (const zone in zones) people += zones[zone]!;
    }
    return people;
  }
}
