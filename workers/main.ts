import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EnvError, loadEnv, type Env } from '../config/env.js';
import { createLog, type Logger } from '../config/log.js';
import { connectRedis } from '../config/redis.js';
import { Graph } from '../graph/graph.js';
import { pending } from '../graph/migrate.js';
import { WorkerModule } from './worker.module.js';

/** How long the process may take to end by itself (assumption). */
const stopWithinMs = 10_000;

/** How often a service that is away is asked again. */
const askEveryMs = 1_000;

let app: INestApplicationContext | undefined;

await start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
});

async function start(): Promise<void> {
  const env = loadEnv(process.env);
  const log = createLog(process.env['VETXANH_PROCESS'] ?? 'worker', env.LOG_LEVEL);
  const runFile = join(env.DATA_DIR, 'worker.json');
  stopOnSignals(log, runFile);
  await waitForServices(env, log);
  app = await NestFactory.createApplicationContext(WorkerModule, { logger: ['error', 'warn'] });
  tellPid(env, runFile);
  log.info({ fact: 'worker-runs', pid: process.pid, shards: env.SHARDS });
}

/** A power cut may bring Neo4j or Redis back later than us: wait instead of dying; refuse a graph of another shape. */
async function waitForServices(env: Env, log: Logger): Promise<void> {
  const graph = Graph.connect(env);
  const redis = connectRedis(env.REDIS_URL).on('error', () => undefined);
  try {
    await waitFor('neo4j', log, () => checkSchema(graph));
    await waitFor('redis', log, () => redis.ping());
  } finally {
    redis.disconnect();
    await graph.close();
  }
}

async function checkSchema(graph: Graph): Promise<void> {
  const missing = await pending(graph);
  if (missing.length === 0) return;
  throw new EnvError(`The graph lacks ${missing.map(({ name }) => name).join(', ')}: run node dist/graph/migrate.js`);
}

async function waitFor(service: string, log: Logger, ask: () => Promise<unknown>): Promise<void> {
  for (let told = false; ; told = true) {
    try {
      await ask();
      return;
    } catch (error) {
      if (error instanceof EnvError) throw error;
      if (!told) log.warn({ fact: `waiting-for-${service}`, reason: (error as Error).message });
      await pause(askEveryMs);
    }
  }
}

/** Tells that every step runs, and as which process. */
function tellPid(env: Env, runFile: string): void {
  mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 });
  writeFileSync(`${runFile}.new`, JSON.stringify({ pid: process.pid }), { mode: 0o600 });
  renameSync(`${runFile}.new`, runFile);
}

/** Lets every step finish its tick and closes the connections; by force when that takes too long. */
function stopOnSignals(log: Logger, runFile: string): void {
  const stop = async (signal: string) => {
    log.info({ fact: 'worker-stops', signal });
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    rmSync(runFile, { force: true });
    await app?.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop(signal));
  process.on('unhandledRejection', (error) => {
    log.fatal({ fact: 'unhandled', reason: String(error), stack: (error as Error | undefined)?.stack });
    process.exit(1);
  });
}
