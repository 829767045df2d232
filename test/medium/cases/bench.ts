import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type INestApplication, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { hang } from '../../../bench/world.js';
import { newId } from '../../../config/ids.js';
import { Vault } from '../../../config/vault.js';
import { Graph, step } from '../../../graph/graph.js';
import { migrate } from '../../../graph/migrate.js';
import type { StayEntry } from '../../../graph/stays/stay-table.js';
import type { Role } from '../../../src/auth/caller.js';
import { Tokens } from '../../../src/auth/tokens.js';
import { BulkGuardModule } from '../../../src/bulk-guard.js';
import { CoreModule } from '../../../src/core.module.js';
import { createApi } from '../../../src/http/server.js';
import { knownBy, sealFields } from '../../../src/people/sealed.js';
import { PoliciesModule } from '../../../src/policies.js';
import { StatusNewsModule } from '../../../src/status-news.js';
import { TraceNewsModule } from '../../../src/trace-news.js';
import { Following } from '../../../workers/trace/following.js';
import { StayKeeper } from '../../../workers/trace/stay-keeper.js';
import { Tracing } from '../../../workers/trace/tracing.js';
import { TraceWorker } from '../../../workers/trace.worker.js';

/** The trace step alone: changed stays are followed by tests of their own. */
@Module({
  imports: [BulkGuardModule, CoreModule, PoliciesModule, StatusNewsModule, TraceNewsModule],
  providers: [
    StayKeeper,
    Tracing,
    TraceWorker,
    { provide: Following, useValue: { start: () => undefined, stop: async () => undefined } },
  ],
})
class TraceAlone {}

/** A process of the API and one that traces, on the real Redis and Neo4j. */
export class CaseBench {
  private constructor(
    readonly app: INestApplication,
    private readonly worker: INestApplicationContext,
    readonly url: string,
  ) {}

  static async open(): Promise<CaseBench> {
    process.env['DATA_DIR'] = mkdtempSync(join(tmpdir(), 'vetxanh-cases-'));
    process.env['LOG_LEVEL'] ??= 'silent';
    process.env['STAY_READER'] = 'graph'; // stays are put into the graph by hand here, past the streams
    const app = await createApi();
    await migrate(app.get(Graph), Date.now());
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const worker = await NestFactory.createApplicationContext(TraceAlone, { logger: false });
    return new CaseBench(app, worker, url);
  }

  get graph(): Graph {
    return this.app.get(Graph);
  }

  get tracing(): Tracing {
    return this.worker.get(Tracing);
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.app.close();
  }

  /** People with an id of files each, by that id; their internal ids. */
  async people(names: string[], unit: string | null = null): Promise<Map<string, string>> {
    const vault = this.app.get(Vault);
    const made = names.map((name) => {
      const fields = { identifiers: [{ system: 'import' as const, value: name }] };
      return { name, id: newId(), key: vault.newPersonKey(), fields };
    });
    const rows = made.map(({ id, key, fields }) => ({
      id,
      key,
      ...sealFields(vault, key, fields),
      verified: true,
      unit,
    }));
    const known = made.flatMap(({ id, fields }) => knownBy(vault, { id, version: 1, verified: true, fields }));
    await this.graph.writeAll([
      step('people/create', { rows, atMs: Date.now() }),
      step('people/know', { rows: known }),
    ]);
    return new Map(made.map(({ name, id }) => [name, id]));
  }

  /** Hangs stays of internal ids into the graph, as presence does. */
  async stay(stays: StayEntry[]): Promise<void> {
    await hang(this.graph, stays);
  }

  async call(method: string, path: string, { body, roles = ['tracer'], unit, purpose }: Call = {}): Promise<Answer> {
    const token = await this.app
      .get(Tokens)
      .sign({ id: newId(), kind: 'operator', roles, ...(unit && { unit }) }, 3_600);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(purpose && { purpose }),
      ...(body !== undefined && { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`${this.url}/api/v1/${path}`, { method, headers, ...sent });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, text, data: isJson ? (JSON.parse(text) as Answer['data']) : {} };
  }

  /** Waits until a case is traced as it stands. */
  async traced(id: string): Promise<Answer['data']> {
    for (const end = Date.now() + 20_000; ;) {
      const { data } = await this.call('GET', `cases/${id}`);
      if (data['progress'] === 1) return data;
      if (Date.now() > end) throw new Error(`case ${id} is not traced: ${JSON.stringify(data)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

interface Call {
  body?: unknown;
  roles?: Role[];
  unit?: string;
  purpose?: string;
}

interface Answer {
  status: number;
  text: string;
  data: Record<string, unknown>;
}
