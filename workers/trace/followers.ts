import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { ENV } from '../../src/core.module.js';
import { TraceNews } from '../../src/trace-news.js';
import { Follower } from './follower.js';
import { TracedOver } from '../../src/traced-over.js';

/** How often changed stays are looked for (assumption): a late scan re-traces its cases well within a second. */
const lookEveryMs = 250;

/** How long a follower rests after a fault (assumption). */
const restMs = 1_000;

/** One follower for each shard of people. */
@Injectable()
export class Followers {
  private running: Promise<void>[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly graph: Graph,
    private readonly news: TraceNews,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  start(): void {
    const { graph, redis, news, now } = this;
    const over = new TracedOver(redis);
    this.running = Array.from({ length: this.env.SHARDS }, (_, shard) =>
      this.run(new Follower(shard, { graph, redis, news, over, now })),
    );
  }

  /** Resolves when the beats in hand are done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private async run(follower: Follower): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let restsMs = lookEveryMs;
      try {
        if (await follower.beat()) continue;
      } catch (error) {
        follower.forget();
        restsMs = restMs;
        if (!signal.aborted) this.log.warn({ fact: 'trace-follower-interrupted', reason: (error as Error).message });
      }
      await pause(restsMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
