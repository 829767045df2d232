import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Worker, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedisBlocking } from '../config/redis.js';
import { ENV } from '../src/core.module.js';
import { auditJob, openQueue, workerOptions, type Jobs } from '../src/jobs.js';
import { Audits } from './audit/audits.js';

/** How often a sample is looked at, and how many people and cases that are, of each check (assumptions). */
const everyMs = 60_000;
const sample = 20;

/**
 * Audits all day (SPEC section 5): a sample each minute, one after the other however many processes there are, and only
 * while no case and no colour waits.
 */
@Injectable()
export class AuditWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: Worker<Jobs['audit']> | undefined;
  private queue: Queue<Jobs['audit']> | undefined;
  private redis: Redis | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly audits: Audits,
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.redis = connectRedisBlocking(this.env.REDIS_URL);
    this.queue = openQueue('audit', this.redis);
    const run = ({ sample: people }: Jobs['audit']) => this.audits.run(people, this.stopping.signal);
    this.worker = new Worker<Jobs['audit']>('audit', ({ data }) => run(data), workerOptions(this.redis, 1));
    this.worker.on('failed', (_, error) => {
      if (!this.stopping.signal.aborted) this.log.warn({ fact: 'audit-failed', reason: error.message });
    });
    const away = (error: Error) => this.log.debug({ fact: 'audit-queue-away', reason: error.message });
    this.worker.on('error', away);
    this.queue.on('error', away);
    const job = auditJob({ sample });
    this.queue
      .upsertJobScheduler('sample', { every: everyMs }, job)
      .catch((error: Error) => this.log.warn({ fact: 'audit-not-scheduled', reason: error.message }));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.worker?.close();
    await this.queue?.close();
    this.redis?.disconnect();
  }
}
