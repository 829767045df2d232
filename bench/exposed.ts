import assert from 'node:assert/strict';
import neo4j, { type Driver } from 'neo4j-driver';
import { systemClock } from '../config/clock.js';
import { loadEnv } from '../config/env.js';
import { newId } from '../config/ids.js';
import { createLog } from '../config/log.js';
import { step } from '../graph/graph.js';
import type { StoredExposure } from '../graph/queries/cases.js';
import { StatusNews } from '../src/status-news.js';
import type { Line } from './benches.js';
import { inPairs, type Measured, type Ratios } from './pairs.js';
import type { Stage } from './stage.js';
import { makePeople, type World } from './world.js';

/** Exposures of one case, and those of one transaction, as the trace step writes them. */
const exposures = 10_000;
const rowsPerWrite = 2_000;

/** What was committed; the trace step hands it on while it writes what comes next. */
interface Written {
  handing: Promise<void> | undefined;
}

/**
 * Writing a case's exposures as the trace step does (the case held, versions raised, a note for the status step in the
 * same transaction, and handed on) against a loader that creates the same relationships and nothing else.
 */
export async function exposed({ world, pairs }: Stage): Promise<Line[]> {
  const env = loadEnv(process.env);
  const statuses = new StatusNews(world.graph, env, systemClock, createLog('bench', 'error'));
  statuses.onApplicationBootstrap();
  const driver = neo4j.driver(env.NEO4J_URI, neo4j.auth.basic(env.NEO4J_USER, env.NEO4J_PASSWORD));
  const people = await makePeople(world, exposures);
  const [left, right]: [string[], string[]] = [[], []];
  const side = async (
    cases: string[],
    write: (id: string, rows: StoredExposure[]) => Promise<Written>,
  ): Promise<Measured> => {
    const id = await makeCase(world);
    cases.push(id);
    const start = performance.now();
    const handing: unknown[] = [];
    for (let at = 0; at < people.length; at += rowsPerWrite) {
      const written = await write(id, exposuresOf(people.slice(at, at + rowsPerWrite)));
      handing.push(written.handing);
    }
    await Promise.all(handing);
    return { speed: (exposures / (performance.now() - start)) * 1_000 };
  };
  try {
    const ratios = await inPairs(
      () => side(left, (id, rows) => trace(world, statuses, { id, rows })),
      () => side(right, (id, rows) => create(driver, id, rows)),
      pairs,
    );
    const [ours, theirs] = await Promise.all(
      [left[0]!, right[0]!].map((id) => world.graph.read('cases/exposed', { id })),
    );
    assert.deepEqual(inOrder(ours!), inOrder(theirs!));
    return [lineOf(ratios)];
  } finally {
    await driver.close();
    await statuses.onApplicationShutdown();
  }
}

function lineOf({ speed, ours }: Ratios): Line {
  const measured = `${speed.toFixed(2)}x (${Math.round(ours[0]!.speed)} exposures a second)`;
  const question = 'writing exposures, with versions, note and hand-on';
  const against = 'a hand-tuned loader of the bare relationships';
  return { question, against, target: '≥ 0.5x', measured, met: speed >= 0.5 };
}

/** A case of somebody new. */
export async function makeCase(world: World): Promise<string> {
  const [[person = ''], id, atMs] = [await makePeople(world, 1), newId(), systemClock()];
  const dates = { unit: null, onset: null, sampledAt: atMs, isolatedAt: null };
  await world.graph.write('cases/create', { rows: [{ id, person, ...dates }], atMs });
  return id;
}

/** The same exposure for everybody: an hour, yesterday. */
export function exposuresOf(people: string[]): StoredExposure[] {
  const [to, hourMs] = [systemClock() - 86_400_000, 3_600_000];
  const when = { at: to, lastAt: to, from: to - hourMs, to, minutes: 60 };
  const how = { level: 1, via: 'bench', venue: 'bench', dose: 1, trust: 1, encounters: '[]' };
  return people.map((person) => ({ person, ...when, ...how }));
}

async function trace(
  { graph }: World,
  statuses: StatusNews,
  { id, rows }: { id: string; rows: StoredExposure[] },
): Promise<Written> {
  const { note, write } = statuses.noteFor(rows.map(({ person }) => person));
  await graph.writeAll([
    step('cases/guard', { id, generation: 0 }),
    step('cases/expose', { id, generation: 0, rows }),
    write,
  ]);
  return { handing: statuses.handOn([note]) };
}

async function create(driver: Driver, id: string, rows: StoredExposure[]): Promise<Written> {
  await driver.executeQuery(
    `MATCH (c:Case {id: $id}) UNWIND $rows AS row MATCH (p:Person {id: row.person})
     CREATE (p)-[:EXPOSED {level: toInteger(row.level), at: toInteger(row.at), lastAt: toInteger(row.lastAt),
       via: row.via, venue: row.venue, from: toInteger(row.from), to: toInteger(row.to), minutes: toInteger(row.minutes),
       dose: row.dose, trust: row.trust, encounters: row.encounters, generation: 0}]->(c)`,
    { id, rows },
  );
  return { handing: undefined };
}

/** Without what differs between two runs by the clock. */
const inOrder = (rows: StoredExposure[]): string[] =>
  rows
    .map(({ person, level, via, venue, minutes, dose, trust }) =>
      [person, level, via, venue, minutes, dose, trust].join(' '),
    )
    .sort();
