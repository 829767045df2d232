import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { EnvError, loadEnv, type Env } from '../config/env.js';
import { LOG, type Logger } from '../config/log.js';
import { Graph } from '../graph/graph.js';
import { pending } from '../graph/migrate.js';
import { staffRoles } from './auth/caller.js';
import { Tokens } from './auth/tokens.js';
import { createApi } from './http/server.js';
import { forgetRunning, tellRunning } from './run-file.js';

/** How long the process may take to end by itself (assumption). */
const stopWithinMs = 10_000;

/** The operator's token lives as long as a process may run; the next start makes another (assumption). */
const operatorSeconds = 90 * 86_400;

await start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});

async function start(): Promise<void> {
  const env = loadEnv(process.env);
  const app = await createApi();
  const log = app.get<Logger>(LOG);
  await waitForGraph(app.get(Graph), log);
  const server = await app.listen(env.PORT, env.HOST);
  const { port } = server.address() as AddressInfo;
  const url = env.PUBLIC_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${port}`;
  await tellWhere(app, env, url);
  log.info({ fact: 'api-listens', url });
  stopOnSignals(app, log, env);
}

/** A power cut may bring Neo4j back later than us: wait for it instead of dying; refuse a graph of another shape. */
async function waitForGraph(graph: Graph, log: Logger): Promise<void> {
  for (let told = false; ; told = true) {
    try {
      const missing = await pending(graph);
      if (missing.length === 0) return;
      throw new EnvError(
        `The graph lacks ${missing.map(({ name }) => name).join(', ')}: run node dist/graph/migrate.js`,
      );
    } catch (error) {
      if (error instanceof EnvError) throw error;
      if (!told) log.warn({ fact: 'waiting-for-neo4j', reason: (error as Error).message });
      await pause(1_000);
    }
  }
}

/** Leaves the address and the operator's token where the command line finds them. */
async function tellWhere(app: INestApplication, { DATA_DIR }: Env, url: string): Promise<void> {
  const token = await app.get(Tokens).sign({ id: 'operator', kind: 'operator', roles: staffRoles }, operatorSeconds);
  tellRunning(DATA_DIR, { url, token, pid: process.pid });
}

/** Stops accepting, lets gateways finish their tick, closes the connections; by force when that takes too long. */
function stopOnSignals(app: INestApplication, log: Logger, { DATA_DIR }: Env): void {
  const stop = async (signal: string) => {
    log.info({ fact: 'api-stops', signal });
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    forgetRunning(DATA_DIR, process.pid);
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop(signal));
  process.on('unhandledRejection', (error) => {
    log.fatal({ fact: 'unhandled', reason: String(error), stack: (error as Error | undefined)?.stack });
    process.exit(1);
  });
}

function explain(error: unknown): string {
  if (error instanceof EnvError) return error.message;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `Port ${process.env['PORT'] ?? 8080} is in use by another program: set PORT to a free one.`;
  }
  return (error as Error).stack ?? String(error);
}
