import { Queue, type ConnectionOptions, type JobsOptions } from 'bullmq';

/** What each queue carries: ids only, never personal data. */
export interface Jobs {
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
