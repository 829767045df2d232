import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { ENV } from '../../src/core.module.js';
import { peoplePerJob } from '../../src/status-news.js';
import { wakeKey } from '../../src/streams.js';
import { Renewal } from './renewal.js';

/** How often is looked who is due: far below the second within which a screen changes (assumption). */
const lookEveryMs = 250;

/** How long is waited after a fault (assumption). */
const restMs = 1_000;

/** Says that the sorted sets hold everybody with a device; gone with them when Redis lost its data. */
const completeKey = 'wake-complete';

/** Renews the colours that change by themselves, at the instant at which they do (SPEC section 6, nextChangeAt). */
@Injectable()
export class WakeUps {
  private readonly stop = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly renewal: Renewal,
    private readonly graph: Graph,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Resolves when the batch that runs has ended. */
  async end(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const restedMs = await this.once().catch((error: Error) => {
        this.log.warn({ fact: 'wake-ups-interrupted', reason: error.message });
        return restMs;
      });
      await pause(restedMs, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
  }

  /** Renews one batch of those who are due; returns how long to rest. */
  private async once(): Promise<number> {
    await this.complete();
    const due = await this.due();
    if (due.length) await this.renewal.renew(due);
    return due.length < peoplePerJob ? lookEveryMs : 0;
  }

  private async due(): Promise<string[]> {
    const people: string[] = [];
    for (let shard = 0; shard < this.env.SHARDS && people.length < peoplePerJob; shard++) {
      const room = peoplePerJob - people.length;
      people.push(...(await this.redis.zrangebyscore(wakeKey(shard), '-inf', this.now(), 'LIMIT', 0, room)));
    }
    return people;
  }

  /** After a loss of Redis: everybody with a device is looked at once, and is in the sets again. */
  private async complete(): Promise<void> {
    if (await this.redis.exists(completeKey)) return;
    for (let after = ''; !this.stop.signal.aborted;) {
      const page = await this.graph.read('status/with_device', { after, limit: peoplePerJob });
      const people = page.map(({ id }) => id);
      if (people.length === 0) break;
      await this.renewal.renew(people);
      after = people.at(-1)!;
    }
    if (!this.stop.signal.aborted) await this.redis.set(completeKey, '1');
  }
}
