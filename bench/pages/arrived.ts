import type { Redis } from 'ioredis';
import { bodyField, factStream, unpackFacts } from '../../src/streams.js';

/** Where the stream of facts ends now. */
export async function endOfFacts(redis: Redis): Promise<string> {
  const [last] = await redis.xrevrange(factStream(0), '+', '-', 'COUNT', 1);
  return last?.[0] ?? '0-0';
}

/** Numbers of the scans `prefix-number` that became durable after a position, as often and in the order in which they did. */
export async function arrivedSince(redis: Redis, position: string, prefix: string): Promise<number[]> {
  const entries = await redis.xrange(factStream(0), `(${position}`, '+');
  const facts = entries.flatMap(([, [field, body = '']]) => (field === bodyField ? unpackFacts(body) : []));
  const scanId = new RegExp(`${prefix}-(\\d+)`);
  return facts.flatMap(({ line }) => scanId.exec(line)?.[1] ?? []).map(Number);
}
