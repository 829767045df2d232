import { join } from 'node:path';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { Tokens } from '../../src/auth/tokens.js';
import { createApi } from '../../src/http/server.js';
import { WorkerModule } from '../../workers/worker.module.js';
import { chances } from '../chances.js';
import { soloServers } from '../system.js';
import { openTown, steps, type Answer } from './history-steps.js';

/**
 * Steps of one history, 1,000 where there is time for it (some four minutes), and where its chances begin: the same seed
 * makes the same steps again.
 */
const count = Number(process.env['VETXANH_HISTORY_STEPS'] ?? 200);
const seed = Number(process.env['VETXANH_HISTORY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Everything is computed afresh after so many steps, and at the end. */
const checkEvery = 100;

let app: INestApplication;
let worker: INestApplicationContext;
let url: string;

beforeAll(async () => {
  const dataDir = join(process.env['TEST_SOLO_DIR']!, 'app');
  Object.assign(process.env, soloServers(), { DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  app = await createApi();
  await migrate(app.get(Graph), Date.now());
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  worker = await NestFactory.createApplicationContext(WorkerModule, { logger: false });
});
afterAll(async () => {
  await worker.close();
  await app.close();
});

async function call(
  method: string,
  path: string,
  body?: unknown,
  { as = 'first', unit }: { as?: string; unit?: string } = {},
): Promise<Answer> {
  const token = await app
    .get(Tokens)
    .sign({ id: as, kind: 'operator', roles: ['tracer', 'admin', 'head', 'auditor'], ...(unit && { unit }) }, 3_600);
  const isFile = typeof body === 'string';
  const response = await fetch(`${url}/api/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      purpose: 'operation',
      'content-type': isFile ? 'text/csv' : 'application/json',
    },
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return {
    status: response.status,
    body: text.startsWith('{') && !text.includes('}\n{') ? (JSON.parse(text) as Answer['body']) : { text },
  };
}

async function audit(): Promise<{ settled: boolean; differences: number; text: string }> {
  const { body } = await call('POST', 'audit', { withinMs: 120_000 });
  const text = String(body['text'] ?? JSON.stringify(body));
  const report = text.trim().split('\n').at(-1)!;
  const { settled, differences } = (JSON.parse(report) as { report: { settled: boolean; differences: number } }).report;
  return { settled, differences, text };
}

/** Steps under way at once. */
const width = 8;

it(
  `a history of ${count} steps by chance leaves nothing that a fresh computation would give otherwise (seed ${seed})`,
  async () => {
    process.stderr.write(`history: VETXANH_HISTORY_SEED=${seed} VETXANH_HISTORY_STEPS=${count}\n`);
    const town = await openTown(call, app.get<Redis>(REDIS));
    const choose = chances(seed);
    for (let at = 0; at < count; at += width) {
      const some = Array.from({ length: Math.min(width, count - at) }, () => choose.one(steps));
      const done = await Promise.all(some.map((step, each) => step(town, chances(seed + 7_919 * (at + each)))));
      for (const adds of done) adds?.();
      const isCheckpoint = Math.floor((at + width) / checkEvery) > Math.floor(at / checkEvery);
      if (isCheckpoint || at + width >= count) await expectNoDifference(at + width);
    }
  },
  120_000 + count * 3_000,
);

async function expectNoDifference(after: number): Promise<void> {
  const { differences, settled, text } = await audit();
  if (differences > 0) process.stderr.write(text);
  expect({ after, settled, differences }).toEqual({ after, settled: true, differences: 0 });
}
