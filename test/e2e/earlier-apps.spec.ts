import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fileOf, fiveApps, type AppRow } from '../../bench/five-apps.js';
import { newId } from '../../config/ids.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { Tokens } from '../../src/auth/tokens.js';
import { sourceNames, sourceOf } from '../../src/domain/identity/sources.js';
import { createApi } from '../../src/http/server.js';
import { WorkerModule } from '../../workers/worker.module.js';
import { soloServers } from '../system.js';

jest.setTimeout(3_600_000);

/** How many people the five files tell of; a test of the full size sets TEST_PEOPLE=200000. */
const people = Number(process.env['TEST_PEOPLE'] ?? 2_000);
const tag = Math.floor(Math.random() * 9_600);
const rows = [...fiveApps(people, tag)];

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

async function call(method: string, path: string, more: { body?: object; file?: Iterable<string> } = {}) {
  const token = await app
    .get(Tokens)
    .sign({ id: newId(), kind: 'operator', roles: ['tracer', 'admin', 'auditor'] }, 3_600);
  const file = more.file && Readable.from(Array.from(more.file, (text) => Buffer.from(text)));
  const body = file ? Readable.toWeb(file) : more.body && JSON.stringify(more.body);
  const response = await fetch(`${url}/api/v1/${path}`, {
    method,
    headers: {
      ...{ authorization: `Bearer ${token}`, purpose: 'operation' },
      'content-type': file ? 'text/csv' : 'application/json',
    },
    ...(body && { body, duplex: 'half' }),
  } as RequestInit);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text;
}

const keys = ['read', 'accepted', 'merged', 'queued', 'rejected'] as const;
type Counts = Record<(typeof keys)[number], number>;

/** Imports all five files; the sum of their reports, each of which adds up. */
async function importAll(): Promise<Counts & { reasons: string[] }> {
  const total = { read: 0, accepted: 0, merged: 0, queued: 0, rejected: 0, reasons: [] as string[] };
  for (const source of sourceNames) {
    const own = rows.filter((row) => row.source === source);
    const report = JSON.parse(
      await call('POST', `imports/people?source=${source}`, { file: fileOf(source, own) }),
    ) as Counts & { rejects: { reason: string; column: string }[] };
    expect(report.accepted + report.merged + report.queued + report.rejected).toBe(report.read);
    expect(report.read).toBe(own.length);
    expect(report.rejected).toBe(own.filter(({ planted }) => planted === 'bad').length);
    for (const key of keys) total[key] += report[key];
    total.reasons.push(...report.rejects.map(({ reason, column }) => `${reason} ${column}`));
  }
  return total;
}

/** The person that every row has become, by the id its app gave it; whoever was queued or rejected is not there. */
async function becameOf(all: AppRow[]): Promise<Map<string, string>> {
  const [graph, vault] = [app.get(Graph), app.get(Vault)];
  const became = new Map<string, string>();
  for (let at = 0; at < all.length; at += 5_000) {
    const part = new Map(
      all.slice(at, at + 5_000).map(({ source, id }) => [vault.identifierKey(sourceOf(source).system, id), id]),
    );
    for (const { key, id } of await graph.read('people/ids_by_identifiers', { keys: [...part.keys()] })) {
      became.set(part.get(key)!, id);
    }
  }
  return became;
}

async function audit(): Promise<{ settled: boolean; differences: number }> {
  const lines = (await call('POST', 'audit', { body: { withinMs: 600_000 } })).split('\n').filter(Boolean);
  return (JSON.parse(lines.at(-1)!) as { report: { settled: boolean; differences: number } }).report;
}

let first: Map<string, string>;

describe('the files of five earlier apps', () => {
  it('reconcile row by row, and make nobody of two people', async () => {
    const total = await importAll();
    expect(total.read).toBe(rows.length);
    expect(total.accepted).toBeGreaterThanOrEqual(people * 0.9);
    expect(total.merged).toBeGreaterThan(people / 2);
    expect(total.queued).toBeGreaterThan(0);
    expect(total.reasons.every((reason) => /^bad-value \w+$/.test(reason))).toBe(true);
    first = await becameOf(rows);
    const truths = new Map<string, Set<number>>();
    for (const { id, truth, planted } of rows) {
      const person = first.get(id);
      if (person === undefined) expect(planted).not.toBe('plain');
      else truths.set(person, (truths.get(person) ?? new Set()).add(truth));
    }
    expect([...truths.values()].filter((found) => found.size > 1)).toEqual([]);
  });

  it('make one person of the rows that share a paper, however their names are written', async () => {
    const papers = rows.filter(({ source, planted }) => source !== 'bluezone' && planted === 'plain');
    const byTruth = new Map<number, Set<string>>();
    for (const { id, truth } of papers) byTruth.set(truth, (byTruth.get(truth) ?? new Set()).add(first.get(id)!));
    expect([...byTruth.values()].filter((found) => found.size > 1)).toEqual([]);
  });

  it('change nothing the second time', async () => {
    const again = await importAll();
    expect(again.accepted).toBe(0);
    expect(await becameOf(rows)).toEqual(first);
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
  });

  it('leave suggestions that are confirmed by a person, and can be undone', async () => {
    const listed = await call('GET', 'repairs?kind=suggestion&limit=5');
    const { items } = JSON.parse(listed) as { items: { id: string; people: { id: string; phone: string }[] }[] };
    expect(items.length).toBeGreaterThan(0);
    const [one] = items;
    expect(new Set(one!.people.map(({ phone }) => phone)).size).toBe(1);
    const [into, other] = one!.people.map(({ id }) => id);
    const seen = async () =>
      Promise.all([into, other].map(async (id) => JSON.parse(await call('GET', `people/${id}`)) as object));
    const apart = await seen();
    const body = { decision: 'merge', into, reason: 'the same phone, name and birthday' };
    const { merges } = JSON.parse(await call('POST', `repairs/${one!.id}/decide`, { body })) as { merges: string[] };
    const [linked, same] = await seen();
    expect(linked).toEqual(same);
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
    await call('POST', `merges/${merges[0]}/undo`, { body: { reason: 'father and son' } });
    const without = ({ version: _, ...rest }: { version?: number }) => rest;
    expect((await seen()).map(without)).toEqual(apart.map(without));
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
  });

  it('leave conflicts with the fields that contradict', async () => {
    const { items } = JSON.parse(await call('GET', 'repairs?kind=conflict&limit=500')) as {
      items: { id: string; reasons: { verdict: string; fields?: string[] }[]; record: { name: string } }[];
    };
    expect(items.length).toBeGreaterThan(0);
    for (const { reasons, record } of items) {
      expect(record.name).toBeDefined();
      expect(
        reasons.some(({ verdict, fields }) => verdict === 'mismatched' && fields!.length > 0) || reasons.length > 1,
      ).toBe(true);
    }
    await call('POST', `repairs/${items[0]!.id}/decide`, { body: { decision: 'dismiss' } });
    await expect(call('POST', `repairs/${items[0]!.id}/decide`, { body: { decision: 'dismiss' } })).rejects.toThrow(
      '409',
    );
  });
});
