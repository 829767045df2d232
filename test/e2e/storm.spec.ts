import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadEnv } from '../../config/env.js';
import { newId } from '../../config/ids.js';
import { connectRedisBlocking } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import type { CaseShown, CitizenStatus, ExposuresShown } from '../../src/events.js';
import { auditJob, openQueue, traceJob } from '../../src/jobs.js';
import { readReaders } from '../../src/worker-state.js';
import { hire, openScreen, pairGate, registerPerson, type PairedGate } from '../clients.js';
import { whileHeld } from '../held.js';
import type { CitizenSocket, OfficerSocket } from '../sockets.js';
import { ask, soloServers, startSystem, type System } from '../system.js';
import { until } from '../until.js';
import { isFull, settleStorm, size, type World } from './storm/world.js';

const patienceMs = isFull ? 1_800_000 : 120_000;
/** Cases of a storm come evenly over so long. */
const stormMs = isFull ? 60_000 : 4_000;

/** Scans a second while a storm runs, and before it for comparison. */
const scansPerSecond = 50;

let system: System;
let graph: Graph;
let world: World;
let officer: OfficerSocket;
let carrier: CitizenSocket;
let gate: PairedGate;
let code: string;
const redis = connectRedisBlocking(soloServers().REDIS_URL);
const heard = { cases: [] as CaseShown[], exposures: [] as ExposuresShown[] };
const told: CitizenStatus[] = [];
const iso = (ms: number) => new Date(ms).toISOString();
const report = (what: string, figures: object) =>
  isFull && process.stderr.write(`${what} ${JSON.stringify(figures)}\n`);

beforeAll(async () => {
  const env = { ...soloServers(), DATA_DIR: join(process.env['TEST_SOLO_DIR']!, 'app') };
  graph = Graph.connect(loadEnv({ ...process.env, ...env }));
  await migrate(graph, Date.now());
  const begunMs = Date.now();
  world = await settleStorm(graph, env.DATA_DIR, size);
  report('settled', { stays: world.stays, tookMs: Date.now() - begunMs });
  system = await startSystem();
  await until('the stays are in memory', async () => isReady(), patienceMs);
  officer = (await hire(system, 'tracer')).screen;
  officer.on('case', (now) => heard.cases.push(now));
  officer.on('exposures', (news) => heard.exposures.push(news));
  await officer.emitWithAck('watch', {});
  carrier = await openScreen(system, world.carrier);
  carrier.on('status', (now) => told.push(now));
  gate = await pairGate(system, 'Door');
  ({ code } = await registerPerson(system));
}, patienceMs);

afterAll(async () => {
  for (const socket of [officer, carrier, gate?.socket]) socket?.disconnect();
  await system?.stop();
  redis.disconnect();
  await graph.close();
});

const isReady = async () => [...(await readReaders(redis, Date.now())).values()].some(({ ready }) => ready);

async function confirm(person: string): Promise<string> {
  const { status, body } = await ask(system, 'POST /cases', { body: { person, onset: iso(world.onset) } });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

async function traced(id: string): Promise<Record<string, number>> {
  return until(
    `case ${id} is traced`,
    async () => {
      const { body } = await ask(system, `GET /cases/${id}`);
      const { state, counts } = body as CaseShown;
      return state === 'traced' && counts;
    },
    patienceMs,
  );
}

/** Memory of the worker process in megabytes: now, and at most so far. */
function memory(): { now: number; most: number } {
  const text = readFileSync(`/proc/${system.worker.pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)![1]) / 1_024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

/** Scans at a steady pace while something else goes on; how long each took to be answered, in order. */
async function scanWhile(work: Promise<unknown>): Promise<number[]> {
  let going = true;
  void work.finally(() => (going = false));
  const [took, asked]: [number[], Promise<void>[]] = [[], []];
  for (const start = performance.now(); going; await pause(2)) {
    const due = ((performance.now() - start) / 1_000) * scansPerSecond;
    while (asked.length < due) asked.push(scan(took));
  }
  await Promise.all(asked);
  await work;
  return took.sort((a, b) => a - b);
}

async function scan(took: number[]): Promise<void> {
  const begun = performance.now();
  const body = { scanId: newId(), code, direction: 'auto', scannedAt: Date.now() };
  const reply = (await gate.socket.emitWithAck('scan', body)) as { ok: boolean };
  expect(reply.ok).toBe(true);
  took.push(performance.now() - begun);
}

const quantile = (sorted: number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)]!;

/** What a fresh computation finds otherwise. */
async function differences(sample: number): Promise<number> {
  const { body } = await ask(system, 'POST /audit', { body: { sample, withinMs: 600_000 } });
  const { report: found } = JSON.parse(String(body).trim().split('\n').at(-1)!) as {
    report: { differences: number };
  };
  return found.differences;
}

describe('a storm', () => {
  it(
    'of cases is traced case by case, while scans are answered as before',
    async () => {
      const calm = await scanWhile(pause(3_000));
      const begunMs = Date.now();
      const ids: string[] = [];
      const storm = async () => {
        const confirmed = world.sick.map(async (person, at) => {
          await pause((at * stormMs) / world.sick.length);
          ids.push(await confirm(person));
        });
        await Promise.all(confirmed);
        await until(
          'no case waits',
          async () => {
            const [row] = await graph.read('cases/waiting', { ids });
            return row!.waiting === 0;
          },
          patienceMs,
        );
      };
      const stormy = await scanWhile(storm());
      const tookMs = Date.now() - begunMs;
      for (const stored of await graph.read('cases/by_ids', { ids })) expect(stored.counts).toEqual([9, 45]);
      const [before, during] = [calm, stormy].map((took) => ({ p50: quantile(took, 0.5), p95: quantile(took, 0.95) }));
      report('storm', { cases: ids.length, tookMs, before, during, memory: memory() });
      expect(during!.p50).toBeLessThan(Math.max(10 * before!.p50, 50));
      expect(during!.p95).toBeLessThan(Math.max(20 * before!.p95, 250));
    },
    patienceMs,
  );

  it(
    'goes by what matters more: cases that are confirmed or amended, then those that stays have changed, then audits',
    async () => {
      const [traces, audits] = [openQueue('trace', redis), openQueue('audit', redis)];
      const [again, fresh] = [world.sick.slice(0, 20), (await registerPerson(system)).id];
      try {
        await traces.pause();
        heard.cases.splice(0);
        const ids = (await graph.read('status/cases_met', { people: again })).map((row) => row.case);
        await graph.write('cases/touch', { ids, atMs: Date.now() });
        await traces.addBulk(ids.map((id) => traceJob(id, 'retrace')));
        const { name, data, opts } = auditJob({ sample: 1 });
        const audit = await audits.add(name, data, opts);
        const confirmed = await confirm(fresh);
        const amended = ids.at(-1)!;
        const later = { onset: iso(world.onset + 3_600_000) };
        expect((await ask(system, `PATCH /cases/${amended}`, { body: later })).status).toBe(200);
        await traces.resume();
        await until('the audit ends', async () => (await audits.getJob(audit.id!)) === undefined, patienceMs);
        const [left] = await graph.read('cases/waiting', { ids: [...ids, confirmed] });
        expect(left!.waiting).toBe(0);
        const begun = await until('officers have heard of all', () => {
          const told = [...new Set(heard.cases.map(({ id }) => id))];
          return told.length === 21 && told;
        });
        // Two are traced at once.
        for (const asked of [confirmed, amended]) expect(begun.indexOf(asked)).toBeLessThan(3);
      } finally {
        await traces.resume();
        await Promise.all([traces.close(), audits.close()]);
      }
    },
    patienceMs,
  );
});

/** Officers and the people themselves know of level 1 while somebody of level 2 cannot be written yet. */
async function levelOneIsSeen(id: string): Promise<void> {
  await until('somebody of level 1 is told', () => told.at(-1)?.colour === 'red', patienceMs);
  const sent = { headers: { purpose: `tracing; case=${id}` } };
  const { body } = await ask(system, `GET /cases/${id}/exposures?level=1`, sent);
  expect((body as { items: object[] }).items).toHaveLength(20);
  expect((await ask(system, `GET /cases/${id}`)).body).toMatchObject({ state: 'tracing' });
}

describe('a crowd', () => {
  it(
    'at level 2 is written within bounded memory, and officers see how far that is',
    async () => {
      writeFileSync(`/proc/${system.worker.pid}/clear_refs`, '5'); // the most memory so far is forgotten
      const [before, begunMs] = [memory(), Date.now()];
      heard.cases.splice(0);
      heard.exposures.splice(0);
      let id = '';
      await whileHeld(system.servers, world.last, async () => {
        id = await confirm(world.spreader);
        await levelOneIsSeen(id);
      });
      const counts = await traced(id);
      const tookMs = Date.now() - begunMs;
      expect(counts).toEqual({ 1: 20, 2: expect.any(Number) });
      expect(counts['2']).toBeGreaterThanOrEqual(size.crowd);
      await until('the last news have come', () => heard.cases.some((now) => now.id === id && now.state === 'traced'));
      const progress = heard.cases.filter((now) => now.id === id).map((now) => now.progress);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect(progress.filter((far) => far > 1 / 3 && far < 2 / 3).length).toBeGreaterThan(0);
      const news = heard.exposures.filter((each) => each.case === id);
      expect(Math.max(...news.map(({ changed }) => changed.length))).toBeLessThanOrEqual(250);
      expect(news.reduce((sum, { changed }) => sum + changed.length, 0)).toBe(20 + counts['2']!);
      const grown = memory().most - before.now;
      report('crowd', { level2: counts['2'], tookMs, before, after: memory(), grown });
      expect(grown).toBeLessThan(150 + counts['2']! * 0.002);
    },
    patienceMs,
  );

  it(
    'at a market, and somebody who is always on the way, are cases like others',
    async () => {
      const begunMs = Date.now();
      const trader = await traced(await confirm(world.trader));
      const walked = Date.now();
      const walker = await traced(await confirm(world.walker));
      report('market', { trader, tookMs: walked - begunMs, walker, walkerMs: Date.now() - walked });
      expect(trader['1']).toBeGreaterThan(size.marketStays / 100);
      expect(walker['1']).toBe(200);
      expect(await differences(isFull ? 50 : 20)).toBe(0);
    },
    patienceMs,
  );
});
