import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedisBlocking } from '../config/redis.js';
import { ENV } from '../src/core.module.js';
import { workerOptions, type Jobs } from '../src/jobs.js';
import { Publications } from './status/publications.js';
import { Renewal } from './status/renewal.js';
import { WakeUps } from './status/wake-ups.js';

/** While one batch of people is remembered and kept, another is told, and the next is looked at. */
const concurrency = 3;

/**
 * The step from evidence to colours: people whose evidence changed come as jobs, people whose colour changes by itself
 * at their instant. Leaves behind snapshots for gates and the history of each version; hands on colours that changed.
 */
@Injectable()
export class StatusWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: Worker<Jobs['status']> | undefined;
  private redis: Redis | undefined;

  constructor(
    private readonly renewal: Renewal,
    private readonly wakeUps: WakeUps,
    private readonly publications: Publications,
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.redis = connectRedisBlocking(this.env.REDIS_URL);
    const options = workerOptions(this.redis, concurrency);
    this.worker = new Worker<Jobs['status']>('status', async ({ data }) => this.renewal.renew(data.people), options);
    this.worker.on('failed', (job, error) =>
      this.log.warn({ fact: 'status-failed', people: job?.data.people.length, reason: error.message }),
    );
    this.worker.on('error', (error) => this.log.debug({ fact: 'status-queue-away', reason: error.message }));
    this.wakeUps.start();
    this.publications.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.worker?.close(), this.wakeUps.end(), this.publications.end()]);
    this.redis?.disconnect();
  }
}
