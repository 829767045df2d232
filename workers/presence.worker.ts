import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../config/clock.js';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedisBlocking, REDIS } from '../config/redis.js';
import { Graph } from '../graph/graph.js';
import { ENV } from '../src/core.module.js';
import { Policies } from '../src/policies.js';
import { PresenceShard } from './presence/shard.js';

/** Folds scans into stays: one loop for each shard of people. */
@Injectable()
export class PresenceWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private running: PresenceShard[] = [];

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS' | 'REDIS_URL' | 'RETENTION_DAYS'>,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
    private readonly graph: Graph,
    private readonly policies: Policies,
  ) {}

  onApplicationBootstrap(): void {
    const { SHARDS: shards, RETENTION_DAYS: retentionDays } = this.env;
    const { graph, policies, redis, now, log } = this;
    this.running = Array.from({ length: shards }, (_, number) => {
      const reading = connectRedisBlocking(this.env.REDIS_URL);
      reading.on('error', (error: Error) => log.debug({ fact: 'presence-reader-away', reason: error.message }));
      return new PresenceShard(number, { graph, policies, redis, reading, now, log, shards, retentionDays });
    });
    for (const shard of this.running) shard.start();
  }

  /** The batch in hand is written first: positions are left clean. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.running.map((shard) => shard.stop()));
  }
}
