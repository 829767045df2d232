import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedisBlocking } from '../config/redis.js';
import { ENV } from '../src/core.module.js';
import { workerOptions, type Jobs } from '../src/jobs.js';
import { Following } from './trace/following.js';
import { StayKeeper } from './trace/stay-keeper.js';
import { Overtaken, Tracing } from './trace/tracing.js';

/** Cases traced at once: they wait for the graph most of the time (assumption). */
const concurrency = 2;

/**
 * The step from cases and stays to exposures. Cases that were confirmed, amended or retracted come as jobs; the facts
 * that presence has folded are followed, and the cases they may touch are traced anew.
 */
@Injectable()
export class TraceWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: Worker<Jobs['trace']> | undefined;
  private redis: Redis | undefined;

  constructor(
    private readonly tracing: Tracing,
    private readonly following: Following,
    private readonly keeper: StayKeeper,
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.redis = connectRedisBlocking(this.env.REDIS_URL);
    const options = workerOptions(this.redis, concurrency);
    this.worker = new Worker<Jobs['trace']>('trace', ({ data }) => this.trace(data.case), options);
    this.worker.on('failed', (job, error) =>
      this.log.warn({ fact: 'trace-failed', case: job?.data.case, reason: error.message }),
    );
    this.worker.on('error', (error) => this.log.debug({ fact: 'trace-queue-away', reason: error.message }));
    this.keeper.start();
    this.following.start();
  }

  /** A case that somebody else traces by now is in good hands. */
  private async trace(caseId: string): Promise<void> {
    try {
      await this.tracing.trace(caseId);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      this.log.debug({ fact: 'trace-overtaken', case: caseId });
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.worker?.close(), this.following.stop()]);
    await this.keeper.stop();
    this.redis?.disconnect();
  }
}
