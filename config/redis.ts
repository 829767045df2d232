import { Redis } from 'ioredis';

/** Nest's token for the connection that commands of requests go over: fails at once when Redis is away. */
export const REDIS = Symbol('redis');

/**
 * A connection that answers or fails within two seconds (assumption), so that a gate hears `busy` instead of silence;
 * it goes on reconnecting by itself, at most every two seconds.
 */
export function connectRedis(url: string): Redis {
  return new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 2_000,
    connectTimeout: 2_000,
    retryStrategy: (tries) => Math.min(tries * 50, 2_000),
  });
}

/** A connection for blocking reads (XREAD BLOCK, BullMQ workers), which wait for Redis instead of failing. */
export function connectRedisBlocking(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null, retryStrategy: (tries) => Math.min(tries * 50, 2_000) });
}
