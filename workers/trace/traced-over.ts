import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { readDay, readPerson, tracedOverKey } from '../../src/case-state.js';

/** No trace runs so long (assumption). */
const keptSeconds = 3_600;

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
  async note(caseId: string, { people, days }: { people: string[]; days: string[] }): Promise<void> {
    const read = [...people.map(readPerson), ...days.map(readDay)];
    if (read.length === 0) return;
    await this.redis
      .pipeline()
      .sadd(keyOf(caseId), ...read)
      .expire(keyOf(caseId), keptSeconds)
      .exec();
  }

  /** Whether a trace of this case has read any of these. */
  async hasRead(caseId: string, { people, days }: { people: string[]; days: string[] }): Promise<boolean> {
    const asked = [...people.map(readPerson), ...days.map(readDay)];
    if (asked.length === 0) return false;
    return (await this.redis.smismember(keyOf(caseId), asked)).some((found) => found === 1);
  }
}

const keyOf = (caseId: string): string => tracedOverKey(createHash('sha256').update(caseId).digest('hex'));
