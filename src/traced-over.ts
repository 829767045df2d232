import type { Redis } from 'ioredis';
import { newId } from '../config/ids.js';

/** The cases that are being traced just now, each by which run; those of a killed worker stay until a later run ends. */
const runningKey = 'traced-over';

const endRun = `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end`;

/** What a run has read is forgotten when it ends; that of a killed worker after so long, for no trace runs so long (assumption). */
const keptSeconds = 3_600;

/** Members that go to Redis in one command (assumption). */
const membersPerCall = 5_000;

/**
 * The people whom running traces have read so far. What changes of somebody under a trace is looked up here: who has not
 * been read yet is read as they are by then. Stays are not: a trace follows those by the order of their changes.
 */
export class TracedOver {
  constructor(private readonly redis: Redis) {}

  /** What an earlier run of this case has read counts no more; resolves to what this run is called. */
  async begin(caseId: string): Promise<string> {
    const run = newId();
    await this.redis.hset(runningKey, caseId, run);
    return run;
  }

  /** To be called once what the run found is in the graph, or it has failed; a later run of the case goes on. */
  async end(caseId: string, run: string): Promise<void> {
    await this.redis.eval(endRun, 1, runningKey, caseId, run);
    await this.redis.unlink(keyOf(run));
  }

  /** The cases whose running trace has read any of these people. */
  async runningOver(people: string[]): Promise<string[]> {
    const running = people.length ? Object.entries(await this.redis.hgetall(runningKey)) : [];
    const read = await Promise.all(running.map(([, run]) => this.redis.smismember(keyOf(run), people)));
    return running.flatMap(([id], at) => (read[at]!.includes(1) ? [id] : []));
  }

  /** To be awaited before the people are read. */
  async note(run: string, people: string[]): Promise<void> {
    if (people.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (let at = 0; at < people.length; at += membersPerCall) {
      pipeline.sadd(keyOf(run), ...people.slice(at, at + membersPerCall));
    }
    await pipeline.expire(keyOf(run), keptSeconds).exec();
  }
}

const keyOf = (run: string): string => `traced-over:{${run}}`;
