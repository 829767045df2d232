import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { Policies } from '../../src/policies.js';
import { TraceNews } from '../../src/trace-news.js';
import { Follower } from './follower.js';
import { StayKeeper } from './stay-keeper.js';

/** How often changed stays are looked for (assumption): a late scan re-traces its cases well within a second. */
const lookEveryMs = 250;

/** How long the follower rests after a fault (assumption). */
const restMs = 1_000;

/** Follows the changed stays as long as the process lives. */
@Injectable()
export class Following {
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    private readonly news: TraceNews,
    private readonly keeper: StayKeeper,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  start(): void {
    const { graph, vault, policies, news, keeper, redis, now } = this;
    this.running = this.run(new Follower({ graph, vault, policies, news, keeper, redis, now }));
  }

  /** Resolves when the beat in hand is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
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
        if (!signal.aborted) this.warn(error);
      }
      await pause(restsMs, undefined, { signal }).catch(() => undefined);
    }
    await follower.stop().catch((error: unknown) => this.warn(error));
  }

  private warn(error: unknown): void {
    this.log.warn({ fact: 'trace-follower-interrupted', reason: (error as Error).message });
  }
}
