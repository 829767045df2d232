import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { connectRedisBlocking } from '../config/redis.js';
import { Graph } from '../graph/graph.js';
import { ENV } from '../src/core.module.js';
import { readChain } from '../src/read-chain.js';
import { readsStream } from '../src/reads.js';
import { ReadsChain } from './reads/chain.js';

/** Writes down who read whose data, as a chain nobody can change unseen (SPEC 10). */
@Injectable()
export class ReadsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private chain: ReadsChain | undefined;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_URL'>,
    @Inject(LOG) private readonly log: Logger,
    private readonly graph: Graph,
  ) {}

  onApplicationBootstrap(): void {
    const { graph, log } = this;
    const reading = connectRedisBlocking(this.env.REDIS_URL);
    reading.on('error', (error: Error) => log.debug({ fact: 'reads-reader-away', reason: error.message }));
    this.chain = new ReadsChain({ graph, log, reading, stream: readsStream, name: readChain });
    this.chain.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.chain?.stop();
  }
}
