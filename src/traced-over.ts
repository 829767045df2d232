import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { newId } from '../config/ids.js';

/** The cases that are being traced just now, each by which run; those of a killed worker stay until a later run ends. */
const runningKey = 'traced-over';

const endRun = `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end`;

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

  /** Forgets what an earlier run of this case has read; resolves to what this run is called. */
  async begin(caseId: string): Promise<string> {
    const run = newId();
    await this.redis.del(keyOf(caseId));
    await this.redis.hset(runningKey, caseId, run);
    return run;
  }

  /** To be called once what the run found is in the graph, or it has failed; a later run of the case goes on. */
  async end(caseId: string, run: string): Promise<void> {
    await this.redis.eval(endRun, 1, runningKey, caseId, run);
  }

  /** The cases whose running trace has read any of these people. */
  async runningOver(people: string[]): Promise<string[]> {
    const cases: string[] = [];
    for (const id of people.length ? await this.redis.hkeys(runningKey) : []) {
      if (await this.hasRead(id, { people, days: [] })) cases.push(id);
    }
    return cases;
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

/** Ids of cases are other people's text, so they are hashed. */
const keyOf = (caseId: string): string => `traced-over:{${createHash('sha256').update(caseId).digest('hex')}}`;

/** How a person, a day of a venue, and a venue of which every day was read stand in the set of a case. */
const readPerson = (person: string): string => `p|${person}`;
const readDay = (key: string): string => `d|${key}`;
const readVenue = (venue: string): string => `v|${venue}`;
