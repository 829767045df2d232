import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { newId } from '../config/ids.js';
import { Graph } from '../graph/graph.js';
import { migrate } from '../graph/migrate.js';
import type { Caller, Role } from '../src/auth/caller.js';
import { Tokens } from '../src/auth/tokens.js';
import { createApi } from '../src/http/server.js';
import { WorkerModule } from '../workers/worker.module.js';
import { soloServers } from './system.js';

/** What an audit found once all that was on its way had arrived. */
export interface Audited {
  report: {
    settled: boolean;
    differences: number;
    checks: { check: string; looked: number; differences: number }[];
  };
  differences: { check: string; of: string }[];
}

/** API and worker in the process of the test, on the private pair of servers. */
export class Whole {
  private constructor(
    readonly app: INestApplication,
    readonly worker: INestApplicationContext,
    readonly url: string,
    private readonly added: string[],
  ) {}

  /**
   * `env` adds settings, which are taken back in the end. The cases that earlier files left are taken back: they would
   * be exported and audited too.
   */
  static async open(env: Record<string, string> = {}): Promise<Whole> {
    const dataDir = join(process.env['TEST_SOLO_DIR']!, 'app');
    Object.assign(process.env, soloServers(), { DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env });
    const app = await createApi();
    await migrate(app.get(Graph), Date.now());
    await app.listen(0, '127.0.0.1');
    const worker = await NestFactory.createApplicationContext(WorkerModule, { logger: false });
    const whole = new Whole(app, worker, await app.getUrl(), Object.keys(env));
    const { items } = await whole.call<{ items: { id: string }[] }>('GET', 'cases?state=open&limit=500');
    for (const { id } of items) await whole.call('POST', `cases/${id}/retract`, { reason: 'of an earlier test' });
    return whole;
  }

  get graph(): Graph {
    return this.app.get(Graph);
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.app.close();
    for (const name of this.added) delete process.env[name];
  }

  /** A token of an officer, unless it is told whose. */
  token(as: Partial<Caller> = {}): Promise<string> {
    const officer = { id: newId(), kind: 'operator' as const, roles: ['tracer', 'admin', 'auditor'] as Role[] };
    return this.app.get(Tokens).sign({ ...officer, ...as }, 3_600);
  }

  /** One request; a text or a stream is a CSV file. Gives what JSON says, or else the text; throws when it is refused. */
  async call<T = unknown>(method: string, path: string, body?: object | string, as: Partial<Caller> = {}): Promise<T> {
    const token = await this.token(as);
    const isFile = typeof body === 'string' || body instanceof Readable;
    const sent = body instanceof Readable ? Readable.toWeb(body) : isFile ? body : body && JSON.stringify(body);
    const type = isFile ? 'text/csv' : 'application/json';
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, purpose: 'operation', 'content-type': type },
      ...(sent !== undefined && { body: sent, duplex: 'half' }),
    } as RequestInit);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return (text && isJson ? JSON.parse(text) : text) as T;
  }

  /** Audits everything, waiting for what is on its way. */
  async audit(asked: { withinMs?: number } = {}): Promise<Audited> {
    const lines = (await this.call<string>('POST', 'audit', asked)).split('\n').filter(Boolean);
    const read = lines.map((line) => JSON.parse(line) as { difference?: Audited['differences'][number] });
    const differences = read.flatMap(({ difference }) => (difference ? [difference] : []));
    return { report: (read.at(-1) as Audited).report, differences };
  }
}

/** A CSV file of these rows. */
export const file = (...rows: (string | number)[][]) => rows.map((row) => row.join(',')).join('\n');
