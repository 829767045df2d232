import type { Redis } from 'ioredis';
import type { StoredCase } from '../graph/queries/cases.js';

/** How far the trace of one case is; `version` is that of the facts it is traced by. */
export interface Running {
  version: number;
  /** From 0 to 1. */
  progress: number;
  /** People by level so far, level 1 first. */
  counts: number[];
}

/** A hash of case to JSON of `Running`: of the cases that are being traced, and of those whose worker was killed. */
const key = 'traces-running';

/** What no worker speaks of any more is forgotten (assumption). */
const keptSeconds = 3_600;

/** How far running traces are. It can be lost: the graph knows what was traced, and the next word says it again. */
export class RunningTraces {
  constructor(private readonly redis: Redis) {}

  async tell(caseId: string, running: Running): Promise<void> {
    await this.redis.multi().hset(key, caseId, JSON.stringify(running)).expire(key, keptSeconds).exec();
  }

  async ended(caseId: string): Promise<void> {
    await this.redis.hdel(key, caseId);
  }

  /**
   * By case; none while Redis is away. To be asked before the cases are read from the graph: then a trace that ends in
   * between has its end there.
   */
  async all(): Promise<RunningByCase> {
    return read(await this.redis.hgetall(key).catch((): Record<string, string> => ({})));
  }

  /** The same of one case alone. */
  async of(caseId: string): Promise<RunningByCase> {
    const text = await this.redis.hget(key, caseId).catch(() => null);
    return read(text === null ? {} : { [caseId]: text });
  }
}

export type RunningByCase = ReadonlyMap<string, Running>;

const read = (told: Record<string, string>): RunningByCase =>
  new Map(Object.entries(told).map(([id, text]) => [id, JSON.parse(text) as Running]));

/** How far a case is: nothing of it is traced before a run for its version has said something else. */
export function progressOf({ id, version, tracedVersion, counts }: StoredCase, running: RunningByCase) {
  if (tracedVersion === version) return { progress: 1, counts };
  const run = running.get(id);
  return run?.version === version ? { progress: run.progress, counts: run.counts } : { progress: 0, counts };
}
