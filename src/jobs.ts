import { createHash } from 'node:crypto';
import { Queue, type ConnectionOptions, type JobsOptions, type WorkerOptions } from 'bullmq';

/** What each queue carries: ids only, never personal data. */
export interface Jobs {
  /** A case whose exposures may not be right any more: they are traced anew (workers/trace). */
  trace: { case: string };
  /** People whose evidence changed: their colours are computed anew (workers/status). */
  status: { people: string[] };
  /** People with news for their devices, or one device that is told (workers/web-push). */
  'web-push': { people: string[] } | { device: string };
  /** A sample of people and cases that is computed afresh and compared (workers/audit). */
  audit: { sample: number };
}

export type QueueName = keyof Jobs;

/** Keeps all keys of the queues in one slot of a Redis Cluster. */
export const jobPrefix = '{vetxanh}';

/** Pauses between tries grow from half a second to half a minute (assumption). */
const pauseMs = (tries: number): number => Math.min(500 * 2 ** (tries - 1), 30_000);

/** Tried again for about a day before it counts as failed: a service may be away for a night (assumption). */
const jobOptions: JobsOptions = {
  attempts: 3_000,
  backoff: { type: 'custom' },
  removeOnComplete: true,
  removeOnFail: 1_000,
};

/** Opens a queue to put jobs into. */
export const openQueue = <Q extends QueueName>(name: Q, connection: ConnectionOptions): Queue<Jobs[Q]> =>
  new Queue<Jobs[Q]>(name, { connection, prefix: jobPrefix, defaultJobOptions: jobOptions });

/**
 * How a worker takes jobs. The job of a worker that was killed is taken up again within some ten seconds, however often
 * that happens (assumptions); a worker that lives renews its lock long before.
 */
export const workerOptions = (connection: ConnectionOptions, concurrency: number): WorkerOptions => ({
  connection,
  concurrency,
  prefix: jobPrefix,
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  settings: { backoffStrategy: pauseMs },
});

/** Jobs without a priority go first: a case that a tracer has just entered comes before those that stays have changed. */
const retracePriority = 10;

/** One that fails is followed by the next one of the day, never tried again. */
export const auditJob = (data: Jobs['audit']) => ({ name: 'audit' as const, data, opts: { attempts: 1 } });

/**
 * A case is traced by one job at most while one more waits: what changes during a run is seen by the next (DESIGN
 * section 1). Ids of cases are other people's text, so they are hashed.
 */
export const traceJob = (caseId: string, why: 'asked' | 'retrace' = 'asked') => ({
  name: 'trace' as const,
  data: { case: caseId },
  opts: {
    deduplication: { id: createHash('sha256').update(caseId).digest('hex'), keepLastIfActive: true },
    ...(why === 'retrace' && { priority: retracePriority }),
  },
});
