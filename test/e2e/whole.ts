import { join } from 'node:path';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { newId } from '../../config/ids.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { Tokens } from '../../src/auth/tokens.js';
import { createApi } from '../../src/http/server.js';
import { WorkerModule } from '../../workers/worker.module.js';
import { soloServers } from '../system.js';

/** The whole product in the process of a test: an API and a worker with every step, on servers of their own. */
export class Whole {
  private constructor(
    readonly app: INestApplication,
    readonly worker: INestApplicationContext,
    readonly url: string,
  ) {}

  /** Without the cases that earlier files left: they would be exported and audited too. */
  static async open(env: Record<string, string> = {}): Promise<Whole> {
    const dataDir = join(process.env['TEST_SOLO_DIR']!, 'app');
    Object.assign(process.env, soloServers(), { DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, env);
    const app = await createApi();
    await migrate(app.get(Graph), Date.now());
    await app.listen(0, '127.0.0.1');
    const worker = await NestFactory.createApplicationContext(WorkerModule, { logger: false });
    const whole = new Whole(app, worker, await app.getUrl());
    const { items } = JSON.parse(await whole.call('GET', 'cases?state=open&limit=500')) as { items: { id: string }[] };
    for (const { id } of items) await whole.call('POST', `cases/${id}/retract`, { reason: 'of an earlier test' });
    return whole;
  }

  get graph(): Graph {
    return this.app.get(Graph);
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.app.close();
  }

  token(): Promise<string> {
    const roles = ['tracer' as const, 'admin' as const, 'auditor' as const];
    return this.app.get(Tokens).sign({ id: newId(), kind: 'operator', roles }, 3_600);
  }

  /** One request as somebody who may do everything; resolves to the text of a good answer. A text is sent as CSV. */
  async call(method: string, path: string, body?: unknown): Promise<string> {
    const type = typeof body === 'string' ? 'text/csv' : 'application/json';
    const headers = { authorization: `Bearer ${await this.token()}`, purpose: 'operation', 'content-type': type };
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}

/** A CSV file of these rows. */
export const file = (...rows: (string | number)[][]) => rows.map((row) => row.join(',')).join('\n');
