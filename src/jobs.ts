import { createHash } from 'node:crypto';
import { Queue, type ConnectionOptions, type JobsOptions } from 'bullmq';

/** What each queue carries: ids only, never personal data. */
export interface Jobs {
  /** A case whose exposures may not be right any more: they are traced anew (workers/trace). */
  trace: { case: string };
  /** People whose evidence changed: their colours are computed anew (workers/status). */
  status: { people: string[] };
}

export type QueueName = keyof Jobs;

/** Keeps all keys of the queues in one slot of a Redis Cluster. */
export const jobPrefix = '{vetxanh}';

/** Tried again with growing pauses, about five minutes in all, before it counts as failed (assumption). */
const jobOptions: JobsOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: true,
  removeOnFail: 1_000,
};

/** Opens a queue to put jobs into. */
export const openQueue = <Q extends QueueName>(name: Q, connection: ConnectionOptions): Queue<Jobs[Q]> =>
  new Queue<Jobs[Q]>(name, { connection, prefix: jobPrefix, defaultJobOptions: jobOptions });

/**
 * A case is traced by one job at most while one more waits: what changes during a run is seen by the next (DESIGN
 * section 1). Ids of cases are other people's text, so they are hashed.
 */
export const traceJob = (caseId: string) => ({
  name: 'trace' as const,
  data: { case: caseId },
  opts: { deduplication: { id: createHash('sha256').update(caseId).digest('hex'), keepLastIfActive: true } },
});
