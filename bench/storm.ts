import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import neo4j, { type Driver } from 'neo4j-driver';
import { systemClock } from '../config/clock.js';
import { loadEnv } from '../config/env.js';
import { newId } from '../config/ids.js';
import { createLog } from '../config/log.js';
import { LiveStays } from '../graph/stays/live-stays.js';
import { loadStays } from '../graph/stays/load-stays.js';
import type { Exposure } from '../src/domain/exposure/exposure.js';
import type { TracedCase } from '../src/domain/exposure/windows.js';
import { StatusNews } from '../src/status-news.js';
import { TraceNews } from '../src/trace-news.js';
import { readReaders } from '../src/worker-state.js';
import type { Line } from './benches.js';
import { movedCase } from './readers.js';
import { settledWorld, type SettledWorld } from './settled-world.js';
import type { Stage } from './stage.js';
import { assertColours, assertExposures, rowsOf } from './storm-answers.js';

/**
 * Issue B asks for 1,000 cases in one minute over 10 M stays; each writes some thousand people, so fewer come by default
 * (`BENCH_STORM_CASES=1000 BENCH_MILLIONS=10`).
 */
const cases = Number(process.env['BENCH_STORM_CASES'] ?? 40);
const perMinute = 1_000;

/** Cases before those that are measured: both sides and the database are warm, and what a worker does first is done. */
const warming = 5;

/** Rows of one transaction, and bytes that the worker seals of one person's version. */
const rowsPerWrite = 2_000;
const sealedBytes = 220;

/**
 * A storm of cases through the running worker, until every exposure is written and every colour renewed, against what
 * no line could do without: the computation, and a loader that writes the same rows, versions and history by itself.
 */
export async function storm(stage: Stage): Promise<Line[]> {
  const world = await settledWorld(stage);
  const { graph } = stage.world;
  const count = stage.quick ? Math.min(cases, 10) : cases;
  const all = Array.from({ length: warming + count }, (_, at) => ({
    ...movedCase(at * 7_919 + 13, world),
    id: newId(),
  }));
  const [first, sick] = [all.slice(0, warming), all.slice(warming)];
  const worker = stage.worker();
  const stays = new LiveStays((await loadStays(graph, () => undefined)).build());
  const { redis } = stage;
  try {
    while (![...(await readReaders(redis, systemClock())).values()].some(({ ready }) => ready)) await pause(200);
    await throughTheLine(stage, first);
    const before = await histories(graph);
    const oursMs = await throughTheLine(stage, sick);
    const history = (await histories(graph)) - before;
    await worker.stop();
    await assertExposures(graph, sick, stays);
    await assertColours(stage, sick); // the loader of the floor raises versions too
    await floorOf({ sick: first, stays, history: rowsPerWrite });
    const { floorMs, people } = await floorOf({ sick, stays, history });
    return [lineOf({ count, people, history, oursMs, floorMs, world })];
  } finally {
    redis.disconnect();
  }
}

/** Confirms them at the pace of a storm; resolves once nothing waits any more. */
async function throughTheLine({ world: { graph } }: Stage, sick: TracedCase[]): Promise<number> {
  const [env, log] = [loadEnv(process.env), createLog('bench', 'error')];
  const traces = new TraceNews(graph, env, systemClock, log);
  const statuses = new StatusNews(graph, env, systemClock, log);
  traces.onApplicationBootstrap();
  statuses.onApplicationBootstrap();
  const begun = performance.now();
  try {
    for (const [at, { id, person, onset }] of sick.entries()) {
      await pause(Math.max(0, begun + (at * 60_000) / perMinute - performance.now()));
      const dates = { unit: null, onset, sampledAt: null, isolatedAt: null };
      await graph.write('cases/create', { rows: [{ id, person, ...dates }], atMs: systemClock() });
      await traces.retrace([id]);
    }
    const ids = sick.map(({ id }) => id);
    for (; ; await pause(50)) {
      const [row] = await graph.read('cases/waiting', { ids });
      if (row!.waiting === 0 && !(await statuses.isBehind(systemClock()))) return performance.now() - begun;
    }
  } finally {
    await traces.onApplicationShutdown();
    await statuses.onApplicationShutdown();
  }
}

/** Versions of people that are remembered. */
async function histories(graph: Stage['world']['graph']): Promise<number> {
  const [row] = await graph.read('status/count_remembered', {});
  return row!.remembered;
}

interface Floor {
  sick: TracedCase[];
  stays: LiveStays;
  history: number;
}

async function floorOf({ sick, stays, history }: Floor): Promise<{ floorMs: number; people: number }> {
  const env = loadEnv(process.env);
  const driver = neo4j.driver(env.NEO4J_URI, neo4j.auth.basic(env.NEO4J_USER, env.NEO4J_PASSWORD));
  const begun = performance.now();
  let people = 0;
  const exposed: string[] = [];
  try {
    for (const traced of sick) {
      const rows = await rowsOf(traced, stays);
      people += rows.length;
      exposed.push(...rows.map(({ person }) => person));
      await inParts(rows, (part) => writeRows(driver, `floor-${traced.id}`, part));
    }
    const remembered = Array.from({ length: history }, (_, at) => exposed[at % exposed.length]!);
    await inParts(remembered, (part) => writeHistory(driver, part));
    return { floorMs: performance.now() - begun, people };
  } finally {
    await driver.close();
  }
}

async function inParts<T>(all: T[], write: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += rowsPerWrite) await write(all.slice(at, at + rowsPerWrite));
}

const writeRows = (driver: Driver, id: string, rows: Exposure[]) =>
  driver.executeQuery(
    `MERGE (c:Bench {id: $id}) WITH c UNWIND $rows AS row MATCH (p:Person {id: row.person})
     SET p.version = p.version + 1
     CREATE (p)-[:BENCH_EXPOSED {level: toInteger(row.level), at: toInteger(row.at), lastAt: toInteger(row.lastAt),
       via: row.via, venue: row.venue, from: toInteger(row.from), to: toInteger(row.to),
       minutes: toInteger(row.minutes), dose: row.dose, trust: row.trust, encounters: row.encounters, generation: 1}]->(c)`,
    {
      id,
      rows: rows.map(({ case: _, exposedAt, encounters, ...row }) => ({
        ...row,
        at: exposedAt,
        encounters: JSON.stringify(encounters),
      })),
    },
  );

const writeHistory = (driver: Driver, people: string[]) =>
  driver.executeQuery(
    `UNWIND $rows AS row MATCH (p:Person {id: row.person})
     CREATE (p)-[:BENCH_WAS]->(:BenchStatus {key: row.key, version: toInteger(row.version), at: toInteger(row.at), sealed: row.sealed})`,
    {
      rows: people.map((person) => ({
        person,
        key: newId(),
        version: 2,
        at: 0,
        sealed: randomBytes(sealedBytes).toString('base64url'),
      })),
    },
  );

interface Outcome {
  count: number;
  people: number;
  history: number;
  oursMs: number;
  floorMs: number;
  world: SettledWorld;
}

function lineOf({ count, people, history, oursMs, floorMs, world }: Outcome): Line {
  const ratio = oursMs / floorMs;
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  return {
    question: `${count} cases at a pace of ${perMinute} a minute, ${world.scale.stays / 1e6} M stays: all colours right (${people} exposures, ${history} versions remembered)`,
    against: 'the computation, and a loader of the same rows, versions and history',
    target: '≤ 1.5x',
    measured: `${ratio.toFixed(2)}x (${seconds(oursMs)} and ${seconds(floorMs)})`,
    met: ratio <= 1.5,
  };
}
