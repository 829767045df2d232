import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedis } from '../config/redis.js';
import { ENV } from '../src/core.module.js';
import { openQueue, type Jobs } from '../src/jobs.js';

/** Hands people with news on to the step that tells their devices by Web Push. */
@Injectable()
export class WebPushQueue implements OnApplicationBootstrap, OnApplicationShutdown {
  private redis: Redis | undefined;
  private queue: Queue<Jobs['web-push']> | undefined;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.redis = connectRedis(this.env.REDIS_URL);
    this.queue = openQueue('web-push', this.redis);
    for (const part of [this.redis, this.queue]) {
      part.on('error', (error: Error) => this.log.debug({ fact: 'web-push-queue-away', reason: error.message }));
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue?.close();
    this.redis?.disconnect();
  }

  async tell(people: string[]): Promise<void> {
    await this.queue!.add('web-push', { people });
  }

  /** One message at a time for a device: while one waits, it says what the next would say. */
  async tellDevices(devices: string[]): Promise<void> {
    const jobs = devices.map((device) => ({
      name: 'web-push',
      data: { device },
      opts: { deduplication: { id: device, keepLastIfActive: true } },
    }));
    if (jobs.length) await this.queue!.addBulk(jobs);
  }
}
