import { NestFactory } from '@nestjs/core';
import { Module, type INestApplicationContext } from '@nestjs/common';
import neo4j from 'neo4j-driver';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../../../config/ids.js';
import { loadEnv } from '../../../config/env.js';
import type { Role } from '../../../src/auth/caller.js';
import { Tokens } from '../../../src/auth/tokens.js';
import { CoreModule } from '../../../src/core.module.js';
import type { CitizenToServer, ServerToCitizen } from '../../../src/events.js';
import { StatusNews } from '../../../src/status-news.js';
import { StatusModule } from '../../../workers/status.module.js';
import { openHouse, type House } from '../gate/house.js';

/** The status step in a process that has no other. */
@Module({ imports: [CoreModule, StatusModule] })
class WorkerModule {}

export type CitizenSocket = Socket<ServerToCitizen, CitizenToServer>;

export interface Answer<T> {
  status: number;
  body: T;
}

/** An API process and a status worker on the real Redis and Neo4j, with people, cases and exposures of the test's own. */
export interface Town {
  house: House;
  ask: <T>(
    method: string,
    path: string,
    more?: { role?: Role; as?: string; person?: string; body?: unknown },
  ) => Promise<Answer<T>>;
  citizen: (person: string) => Promise<CitizenSocket>;
  expose: (person: string, more?: Partial<ExposedRow>) => Promise<string>;
  retract: (caseId: string) => Promise<void>;
  /** Hands people on to the status step, as whoever changed their evidence does. */
  handOn: (people: string[]) => Promise<void>;
  /** The worker's own parts, for what only the order of their steps shows. */
  worker: INestApplicationContext;
  cypher: (text: string, params: Record<string, unknown>) => Promise<Record<string, unknown>[]>;
  close: () => Promise<void>;
}

export interface ExposedRow {
  case: string;
  level: number;
  at: number;
  lastAt: number;
  minutes: number;
  trust: number;
}

/** Queues, streams and snapshots of a database of its own: other tests' workers have other secrets. */
function ownRedis(): void {
  const url = new URL(process.env['REDIS_URL']!);
  url.pathname = `/${8 + (Number(process.env['JEST_WORKER_ID'] ?? 0) % 8)}`;
  process.env['REDIS_URL'] = url.href;
}

export async function openTown(): Promise<Town> {
  ownRedis();
  const house = await openHouse();
  const worker = await NestFactory.createApplicationContext(WorkerModule, { logger: ['error', 'warn'] });
  const env = loadEnv(process.env);
  const driver = neo4j.driver(env.NEO4J_URI, neo4j.auth.basic(env.NEO4J_USER, env.NEO4J_PASSWORD), {
    disableLosslessIntegers: true,
  });
  const cypher = async (text: string, params: Record<string, unknown>) =>
    (await driver.executeQuery(text, params)).records.map((record) => record.toObject());
  const sockets: CitizenSocket[] = [];
  return {
    house,
    worker,
    cypher,
    handOn: (people) => handOn(worker, people),
    ask: (method, path, more = {}) => ask(house, { method, path, ...more }),
    citizen: async (person) => {
      await cypher(
        'MERGE (a:Account {id: "citizen-" + $person}) WITH a MATCH (p:Person {id: $person}) MERGE (a)-[:IS]->(p)',
        { person },
      );
      const socket = await connect(house, person);
      sockets.push(socket);
      return socket;
    },
    expose: (person, more) => expose(worker, cypher, { person, ...more }),
    retract: (caseId) => retract(worker, cypher, caseId),
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      await worker.close();
      await house.close();
      await cypher('MATCH (c:Case {test: $mark}) DETACH DELETE c', { mark });
      await driver.close();
    },
  };
}

async function tokenOf(
  house: House,
  { role = 'tracer', as = `test-${role}`, person }: { role?: Role; as?: string; person?: string },
) {
  return house.app.get(Tokens).sign({ id: as, kind: 'operator', roles: [role], ...(person && { person }) }, 600);
}

async function ask<T>(
  house: House,
  {
    method,
    path,
    body,
    ...who
  }: { method: string; path: string; body?: unknown; role?: Role; as?: string; person?: string },
): Promise<Answer<T>> {
  const headers = {
    authorization: `Bearer ${await tokenOf(house, who)}`,
    purpose: 'care',
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
}

async function connect(house: House, person: string): Promise<CitizenSocket> {
  const token = await house.app
    .get(Tokens)
    .sign({ id: `citizen-${person}`, kind: 'operator', roles: ['citizen'], person }, 600);
  return io(`${house.url}/citizen`, { transports: ['websocket'], auth: { token }, forceNew: true }) as CitizenSocket;
}

type Cypher = Town['cypher'];

/** Cases of this file alone: others run beside it, and take away theirs. */
const mark = newId();

/** What every case has, so that others who list cases of the shared graph can read this one too. */
export const wholeCase = (at: number) => ({
  onset: neo4j.int(at),
  confirmedAt: neo4j.int(at),
  version: neo4j.int(1),
  tracedVersion: neo4j.int(1),
  generation: neo4j.int(1),
  counts: [neo4j.int(1)],
  test: mark,
});

/** Writes an exposure as tracing does: the edge, the person's version and the note in one transaction. */
async function expose(
  worker: INestApplicationContext,
  cypher: Cypher,
  { person, ...more }: { person: string } & Partial<ExposedRow>,
): Promise<string> {
  const at = more.at ?? Date.now() - 3_600_000;
  const row = { case: newId(), level: 1, minutes: 45, trust: 1, lastAt: at + 1_800_000, ...more, at };
  await cypher(
    `MERGE (c:Case {id: $row.case}) ON CREATE SET c += $whole WITH c MATCH (p:Person {id: $person}) SET p.version = p.version + 1
     MERGE (p)-[x:EXPOSED]->(c)
     SET x.level = toInteger($row.level), x.at = toInteger($row.at), x.lastAt = toInteger($row.lastAt),
         x.minutes = toInteger($row.minutes), x.trust = $row.trust, x.dose = toFloat($row.minutes),
         x.via = $row.case, x.venue = 'hall', x.from = x.at, x.to = x.lastAt`,
    { person, row, whole: wholeCase(row.at) },
  );
  await handOn(worker, [person]);
  return row.case;
}

async function retract(worker: INestApplicationContext, cypher: Cypher, caseId: string): Promise<void> {
  const rows = await cypher(
    `MATCH (c:Case {id: $caseId}) SET c.retractedAt = 1
     WITH c MATCH (p:Person)-[x:EXPOSED]->(c) SET p.version = p.version + 1 DELETE x RETURN p.id AS id`,
    { caseId },
  );
  await handOn(
    worker,
    rows.map(({ id }) => id as string),
  );
}

async function handOn(worker: INestApplicationContext, people: string[]): Promise<void> {
  const news = worker.get(StatusNews);
  await news.handOn([news.noteFor(people).note]);
}
