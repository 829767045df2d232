import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Inject } from '@nestjs/common';
import { Cards } from '../config/cards.js';
import { CLOCK, systemClock } from '../config/clock.js';
import { loadEnv, type Env } from '../config/env.js';
import { createLog, LOG } from '../config/log.js';
import { connectRedis, REDIS } from '../config/redis.js';
import { loadSecrets, SECRETS, type Secrets } from '../config/secrets.js';
import { Vault } from '../config/vault.js';
import { Graph } from '../graph/graph.js';

/** Nest's token for the {@link Env}. */
export const ENV = Symbol('env');

/** What every process of the system stands on: environment, clock, log, secrets, Redis and the graph. */
@Global()
@Module({
  providers: [
    { provide: ENV, useFactory: () => loadEnv(process.env) },
    { provide: CLOCK, useValue: systemClock },
    {
      provide: LOG,
      useFactory: (env: Env) => createLog(process.env['VETXANH_PROCESS'] ?? 'api', env.LOG_LEVEL),
      inject: [ENV],
    },
    { provide: SECRETS, useFactory: (env: Env) => loadSecrets(env.DATA_DIR), inject: [ENV] },
    { provide: Vault, useFactory: (secrets: Secrets, env: Env) => new Vault(secrets, env), inject: [SECRETS, ENV] },
    { provide: Cards, useFactory: (secrets: Secrets) => new Cards(secrets), inject: [SECRETS] },
    { provide: REDIS, useFactory: (env: Env) => connectRedis(env.REDIS_URL), inject: [ENV] },
    { provide: Graph, useFactory: (env: Env) => Graph.connect(env), inject: [ENV] },
  ],
  exports: [ENV, CLOCK, LOG, SECRETS, Vault, Cards, REDIS, Graph],
})
export class CoreModule implements OnApplicationShutdown {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly graph: Graph,
  ) {}

  /** Runs after every gateway and worker has finished its tick: the connections close last. */
  async onApplicationShutdown(): Promise<void> {
    this.redis.disconnect();
    await this.graph.close();
  }
}
