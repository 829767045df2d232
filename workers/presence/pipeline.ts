import type { ChainableCommander } from 'ioredis';

/** Sends a pipeline; throws the first fault of its commands, which ioredis only returns. */
export async function done(pipeline: ChainableCommander): Promise<void> {
  const results = (await pipeline.exec()) ?? [];
  const [fault] = results.find(([error]) => error !== null) ?? [];
  if (fault) throw fault;
}
