import type { ChainableCommander } from 'ioredis';

/** Sends a pipeline; throws the first fault of its commands, which ioredis only returns. */
export async function done(pipeline: ChainableCommander): Promise<void> {
  const results = (await pipeline.exec()) ?? [];
  const [fault] = results.find(([error]) => error !== null) ?? [];
  if (fault) throw fault;
}

/** Whether Redis refused a command because its memory (`maxmemory`) is full. */
export const isFull = (error: unknown): boolean => error instanceof Error && error.message.includes('OOM command');
