import { Inject, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedisBlocking } from '../config/redis.js';
import { ENV } from './core.module.js';
import { bodyField, pushStream, unpackPush, type Push } from './streams.js';

/** Entries taken in one read; each holds up to 250 items (DESIGN section 5). */
const entriesPerRead = 100;

/** A read waits this long for news, and then asks again (assumption). */
const blockMs = 5_000;

/** How long a reader rests after a fault before it tries again (assumption). */
const restMs = 500;

interface Listener {
  hear: (items: Push[]) => void;
  /** News may have been missed: read again what it was about. */
  gap: () => void;
}

/**
 * The news of all workers and processes, read once per API process from the stream `push` and handed to whoever
 * listens: gates, citizens, officers. Only news from now on; what was before is read from where it is kept.
 */
@Injectable()
export class PushFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners = new Set<Listener>();
  private redis: Redis | undefined;
  private stopped = false;
  private position: string | undefined;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Calls `hear` with every batch of news and `gap` when some may have been missed; returns how to stop that. */
  subscribe(hear: Listener['hear'], gap: Listener['gap'] = () => {}): () => void {
    const listener = { hear, gap };
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onApplicationBootstrap(): void {
    this.redis = connectRedisBlocking(this.env.REDIS_URL);
    this.redis.on('error', (error: Error) => this.log.debug({ fact: 'push-feed-away', reason: error.message }));
    void this.readOn(this.redis);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.redis?.disconnect();
  }

  private async readOn(redis: Redis): Promise<void> {
    while (!this.stopped) {
      try {
        this.position ??= await this.start(redis);
        await this.readOnce(redis, this.position);
      } catch (error) {
        if (this.stopped) return;
        this.log.warn({ fact: 'push-feed-interrupted', reason: (error as Error).message });
        await new Promise((resolve) => setTimeout(resolve, restMs));
      }
    }
  }

  /** Where the stream ends now: everything before is read from elsewhere. */
  private async start(redis: Redis): Promise<string> {
    const [last] = await redis.xrevrange(pushStream, '+', '-', 'COUNT', 1);
    for (const { gap } of this.listeners) gap();
    return last?.[0] ?? '0-0';
  }

  private async readOnce(redis: Redis, from: string): Promise<void> {
    const read = await redis.xread('COUNT', entriesPerRead, 'BLOCK', blockMs, 'STREAMS', pushStream, from);
    if (this.stopped) return;
    const entries = read?.[0]?.[1] ?? [];
    if (entries.length > 0 && (await this.wasCut(redis, from))) this.listeners.forEach(({ gap }) => gap());
    for (const [id, [field, body = '']] of entries) {
      if (field === bodyField) this.hand(unpackPush(body));
      this.position = id;
    }
  }

  /** Whether the stream no longer reaches back to where reading left off: this process slept for long. */
  private async wasCut(redis: Redis, from: string): Promise<boolean> {
    if (from === '0-0') return false;
    const [kept] = await redis.xrange(pushStream, from, from);
    return kept === undefined;
  }

  private hand(items: Push[]): void {
    for (const { hear } of this.listeners) {
      try {
        hear(items);
      } catch (error) {
        this.log.error({ fact: 'push-listener-failed', reason: (error as Error).stack });
      }
    }
  }
}

@Module({ providers: [PushFeed], exports: [PushFeed] })
export class PushModule {}
