import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { readDay, readPerson, readVenue, tracedOverKey } from '../../src/case-state.js';

/** No trace runs so long (assumption). */
const keptSeconds = 3_600;

/** Members that go to Redis in one command (assumption). */
const membersPerCall = 5_000;

/** What a trace is about to read: people, and venues on some days or whole. */
export interface Asked {
  people: string[];
  days?: string[];
  venues?: string[];
}

/**
 * What running traces have read so far. A stay that changes under a trace is looked up here: if its person or its day
 * has not been read yet, the trace will see the change by itself.
 */
export class TracedOver {
  constructor(private readonly redis: Redis) {}

  /** Forgets what an earlier run of this case has read. */
  async begin(caseId: string): Promise<void> {
    await this.redis.del(keyOf(caseId));
  }

  /** To be awaited before the reading itself. */
  async note(caseId: string, { people, days = [], venues = [] }: Asked): Promise<void> {
    const read = [...people.map(readPerson), ...days.map(readDay), ...venues.map(readVenue)];
    if (read.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (let at = 0; at < read.length; at += membersPerCall) {
      pipeline.sadd(keyOf(caseId), ...read.slice(at, at + membersPerCall));
    }
    await pipeline.expire(keyOf(caseId), keptSeconds).exec();
  }

  /** Whether a trace of this case has read any of these. */
  async hasRead(caseId: string, { people, days }: { people: string[]; days: string[] }): Promise<boolean> {
    const venues = new Set(days.map((key) => key.slice(0, key.lastIndexOf('|'))));
    const asked = [...people.map(readPerson), ...days.map(readDay), ...[...venues].map(readVenue)];
    if (asked.length === 0) return false;
    return (await this.redis.smismember(keyOf(caseId), asked)).some((found) => found === 1);
  }
}

const keyOf = (caseId: string): string => tracedOverKey(createHash('sha256').update(caseId).digest('hex'));
