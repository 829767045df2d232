import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { Tokens } from '../../src/auth/tokens.js';
import { createApi } from '../../src/http/server.js';
import { WorkerModule } from '../../workers/worker.module.js';
import { chances, type Chances } from '../chances.js';
import { soloServers } from '../system.js';

/** Steps of one history, and where its chances begin: `VETXANH_HISTORY_STEPS=1000` makes it a long one. */
const steps = Number(process.env['VETXANH_HISTORY_STEPS'] ?? 60);
const seed = Number(process.env['VETXANH_HISTORY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const iso = (ms: number) => new Date(ms).toISOString();
const neutral = JSON.parse(readFileSync(new URL('../../config/policies/neutral.json', import.meta.url), 'utf8')) as {
  colours: { Identifier: string }[];
  contact: object;
};

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

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

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

/** What a history has made so far. */
interface Town {
  areas: string[];
  people: { name: string; id: string }[];
  venues: string[];
  cases: string[];
  facts: { person: string; id: string }[];
}

type Step = (town: Town, by: Chances) => Promise<unknown>;

const ago = (by: Chances, days: number) => Date.now() - by.below(days * 24 * 60) * 60_000 - 60_000;

async function tell({ people, facts }: Town, by: Chances, body: object) {
  const { id: person } = by.one(people);
  const { status, body: told } = await call('POST', `people/${person}/evidence`, body);
  expect(status).toBe(201);
  facts.push({ person, id: told['id'] as string });
}

async function publish({ areas }: Town, by: Chances) {
  const [area, version] = [by.one(areas), newId()];
  const f1 = by.one(['red', 'yellow', 'green']);
  const colours = neutral.colours.map((rule) => (rule.Identifier === 'F1' ? { ...rule, colour: f1 } : rule));
  const contact = { ...neutral.contact, minMinutes: by.one([5, 15, 30]) };
  const guard = by.below(2) === 0 ? { bulkChangeGuard: { share: 0.2, withinMinutes: 1, minPeople: 1 } } : {};
  const policy = {
    ...neutral,
    ...guard,
    id: `rules-${area}`,
    version,
    area,
    colours,
    contact,
    validFrom: iso(Date.now() + 4_000),
  };
  const { body } = await call('POST', 'policies/drafts', policy);
  await call('POST', `policies/drafts/${String(body['id'])}/simulate`, {});
  await call('POST', `policies/drafts/${String(body['id'])}/approve`, undefined, { as: 'first' });
  await call('POST', `policies/drafts/${String(body['id'])}/approve`, undefined, { as: 'second' });
}

const stepsOf: [weight: number, Step][] = [
  [
    6,
    (town, by) => {
      const rows = Array.from({ length: 1 + by.below(8) }, () => {
        const from = ago(by, 8);
        return `${by.one(town.people).name},${by.one(town.venues)},,${from},${from + (5 + by.below(120)) * 60_000}`;
      });
      return call('POST', 'imports/stays', ['person,venue,zone,in,out', ...rows].join('\n'));
    },
  ],
  [
    3,
    async (town, by) => {
      const { body } = await call('POST', 'cases', { person: by.one(town.people).id, sampledAt: iso(ago(by, 5)) });
      if (body['id']) town.cases.push(body['id'] as string);
    },
  ],
  [
    2,
    (town, by) =>
      town.cases.length ? call('PATCH', `cases/${by.one(town.cases)}`, { onset: iso(ago(by, 7)) }) : Promise.resolve(),
  ],
  [
    2,
    (town, by) =>
      town.cases.length
        ? call('POST', `cases/${by.one(town.cases)}/retract`, { reason: 'by chance' })
        : Promise.resolve(),
  ],
  [
    4,
    (town, by) =>
      tell(town, by, {
        kind: 'test',
        test: 'pcr',
        result: by.one(['negative', 'positive']),
        sampledAt: iso(ago(by, 6)),
      }),
  ],
  [
    2,
    (town, by) =>
      tell(town, by, {
        kind: by.one(['quarantine', 'isolation']),
        from: iso(ago(by, 6)),
        until: iso(Date.now() + by.below(3) * dayMs + hourMs),
      }),
  ],
  [2, (town, by) => tell(town, by, { kind: 'recovery', at: iso(ago(by, 6)) })],
  [2, (town, by) => tell(town, by, { kind: 'dose', number: 1 + by.below(2), at: iso(ago(by, 60)) })],
  [
    3,
    async (town, by) => {
      const [fact] = town.facts.splice(by.below(town.facts.length), 1);
      if (fact) await call('DELETE', `people/${fact.person}/evidence/${fact.id}`);
    },
  ],
  [
    1,
    async (town, by) => {
      const body = {
        kind: 'override',
        colour: by.one(['green', 'red']),
        reason: 'by chance',
        until: iso(Date.now() + 1_000 + by.below(20_000)),
      };
      await tell(town, by, body);
      const { person, id } = town.facts.at(-1)!;
      await call('POST', `people/${person}/evidence/${id}/agree`, undefined, { as: 'second' });
    },
  ],
  [1, publish],
  [
    1,
    async (_, by) => {
      const { body } = await call('GET', 'holds');
      const held = (body['items'] as { id: string; state: string }[]).find(({ state }) => state === 'held');
      if (held) await call('POST', `holds/${held.id}/${by.one(['release', 'drop'])}`, undefined, { as: 'third' });
    },
  ],
];

async function audit(): Promise<{ differences: number; text: string }> {
  const { body } = await call('POST', 'audit', { withinMs: 120_000 });
  const text = String(body['text'] ?? JSON.stringify(body));
  const report = text.trim().split('\n').at(-1)!;
  return { differences: (JSON.parse(report) as { report: { differences: number } }).report.differences, text };
}

async function openTown(): Promise<Town> {
  const areas = [newId(), newId()].map((id) => `area-${id}`);
  await call('POST', 'imports/units', ['code,name', ...areas.map((area) => `${area},${area}`)].join('\n'));
  const people: Town['people'] = [];
  for (const unit of [...areas, undefined]) {
    const names = Array.from({ length: 8 }, () => newId());
    await call('POST', 'imports/people', ['person', ...names].join('\n'), { as: 'first', ...(unit && { unit }) });
    for (const name of names) {
      const { body } = await call('GET', `people?identifier=import:${name}`);
      people.push({ name, id: (body['items'] as { id: string }[])[0]!.id });
    }
  }
  return { areas, people, venues: Array.from({ length: 5 }, () => newId()), cases: [], facts: [] };
}

it(
  `a history of ${steps} steps by chance leaves nothing that a fresh computation would give otherwise (seed ${seed})`,
  async () => {
    const by = chances(seed);
    const town = await openTown();
    const all = stepsOf.flatMap(([weight, step]) => Array.from({ length: weight }, () => step));
    for (let at = 0; at < steps; at++) await by.one(all)(town, by);
    const { differences, text } = await audit();
    if (differences > 0) process.stdout.write(text);
    expect(differences).toBe(0);
  },
  60_000 + steps * 3_000,
);
