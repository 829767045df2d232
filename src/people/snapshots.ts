import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { ENV } from '../core.module.js';
import { shardOf, snapshotKey } from '../streams.js';

/** What gates show of people while it waits in Redis: made anew from the graph when it is missing. */
@Injectable()
export class Snapshots {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Forgets the snapshots of people who were changed. The change itself is in the graph by now, so a Redis that is
   * away is no reason to refuse: the old snapshot lasts until it expires or is replaced by a newer version.
   */
  async forget(people: string[]): Promise<void> {
    if (people.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (const person of people) pipeline.del(snapshotKey(shardOf(person, this.env.SHARDS), person));
    try {
      await pipeline.exec();
    } catch (error) {
      this.log.warn({ fact: 'snapshots-not-forgotten', people: people.length, reason: (error as Error).message });
    }
  }
}
