import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { Problem } from '../http/problem.js';

/**
 * What is counted, per how many seconds, and for how long the next one has to wait (assumptions, but for the five).
 * An address has more, for many officers are behind one (DECISIONS.md).
 */
const limits = {
  'login-account': { points: 5, duration: 900, blockDuration: 60 },
  'login-address': { points: 20, duration: 900, blockDuration: 60 },
  'otp-phone': { points: 5, duration: 900, blockDuration: 300 },
  'otp-address': { points: 60, duration: 900, blockDuration: 300 },
  'otp-check': { points: 5, duration: 300, blockDuration: 300 },
} as const;
export type Limit = keyof typeof limits;

/** Slows down whoever guesses: wrong tries slow the account and the address (API.md). */
@Injectable()
export class Tries {
  private readonly limiters: Record<Limit, RateLimiterRedis>;

  constructor(
    @Inject(REDIS) redis: Redis,
    private readonly vault: Vault,
  ) {
    const made = Object.entries(limits).map(([keyPrefix, limit]) => {
      return [keyPrefix, new RateLimiterRedis({ storeClient: redis, keyPrefix, ...limit })] as const;
    });
    this.limiters = Object.fromEntries(made) as Record<Limit, RateLimiterRedis>;
  }

  /**
   * What `check` finds, asked after a try of each of `whose` was taken: guesses made at once cannot all pass. A try that
   * was no wrong guess is given back. Throws a 429 when somebody has to wait.
   */
  async guess<T>(whose: [Limit, string][], check: () => Promise<T | undefined>): Promise<T | undefined> {
    const taken: [Limit, string][] = [];
    let isWrong = false;
    try {
      for (const [limit, who] of whose) {
        await this.count(limit, who);
        taken.push([limit, who]);
      }
      const found = await check();
      isWrong = found === undefined;
      return found;
    } finally {
      if (!isWrong) await Promise.all(taken.map(([limit, who]) => this.limiters[limit].reward(this.key(who))));
    }
  }

  /** Counts one try; throws a 429 when it was one too many. */
  async count(limit: Limit, who: string): Promise<void> {
    try {
      await this.limiters[limit].consume(this.key(who));
    } catch (error) {
      if (error instanceof RateLimiterRes) throw tooMany(error.msBeforeNext);
      throw error;
    }
  }

  /** Forgets the tries of somebody who has proven to be right. */
  async forget(limit: Limit, who: string): Promise<void> {
    await this.limiters[limit].delete(this.key(who));
  }

  private key(who: string): string {
    return this.vault.hash(`try\0${who}`);
  }
}

const tooMany = (waitMs: number): Problem =>
  new Problem(429, 'too-many-tries', 'Too many tries: wait a moment.', {
    retryAfterSeconds: Math.ceil(waitMs / 1_000),
  });
