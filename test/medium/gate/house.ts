import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { io, type Socket } from 'socket.io-client';
import { Cards } from '../../../config/cards.js';
import { newId } from '../../../config/ids.js';
import { Vault } from '../../../config/vault.js';
import { Graph } from '../../../graph/graph.js';
import { migrate } from '../../../graph/migrate.js';
import { Tokens } from '../../../src/auth/tokens.js';
import { createApi } from '../../../src/http/server.js';
import type { VenueKind } from '../../../src/domain/stay/scan.js';
import type { PersonFields } from '../../../src/domain/identity/person.js';
import { factStream, unpackFacts } from '../../../src/streams.js';
import { sealFields } from '../../../src/people/sealed.js';

/** An API process of the test's own, on the real Redis and Neo4j, with what a door needs. */
export interface House {
  app: INestApplication;
  url: string;
  graph: Graph;
  person: (fields?: Partial<PersonFields>) => Promise<string>;
  card: (
    person: string,
    more?: { kind?: 'printed' | 'rotating'; fromMs?: number; lifeMs?: number; id?: string },
  ) => string;
  gate: (kind?: VenueKind, zones?: string[]) => Promise<{ gate: string; venue: string; token: string }>;
  connect: (token: unknown) => Socket;
  close: () => Promise<void>;
}

/** Two houses with one data folder are two processes of one installation. */
export async function openHouse(dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-house-'))): Promise<House> {
  process.env['DATA_DIR'] = dataDir;
  process.env['LOG_LEVEL'] ??= 'silent';
  const app = await createApi();
  const graph = app.get(Graph);
  await migrate(graph, Date.now());
  const server = (await app.listen(0, '127.0.0.1')) as { address: () => AddressInfo };
  const url = `http://127.0.0.1:${server.address().port}`;
  const sockets: Socket[] = [];
  return {
    app,
    url,
    graph,
    person: (fields = {}) => makePerson(app, { identifiers: [], ...fields }),
    card: (person, { kind = 'printed', fromMs = Date.now() - 1_000, lifeMs = 86_400_000, id = newId() } = {}) =>
      app.get(Cards).issue({ person, card: id, kind, issuedAt: fromMs, expiresAt: fromMs + lifeMs }),
    gate: (kind = 'shop', zones = []) => makeGate(app, kind, zones),
    connect: (token) => {
      const socket = io(`${url}/gate`, { transports: ['websocket'], auth: { token }, forceNew: true });
      sockets.push(socket);
      return socket;
    },
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      await app.close();
    },
  };
}

async function makePerson(app: INestApplication, fields: PersonFields): Promise<string> {
  const vault = app.get(Vault);
  const [id, key] = [newId(), vault.newPersonKey()];
  const row = { id, key, ...sealFields(vault, key, fields), verified: true, unit: null };
  await app.get(Graph).write('people/create', { rows: [row], atMs: Date.now() });
  return id;
}

async function makeGate(app: INestApplication, kind: VenueKind, zones: string[]) {
  const [gate, venue] = [newId(), newId()];
  const [setting, atMs] = ['closed' as const, Date.now()];
  const place = { unit: null, lat: null, lon: null, capacity: 50, zones };
  const graph = app.get(Graph);
  await graph.write('venues/create', {
    venue: { id: venue, code: venue, name: 'A place', kind, setting, ...place },
    owner: null,
    atMs,
  });
  await graph.write('venues/add_gates', { gates: [{ venue, gate, name: 'Front' }], atMs });
  const role = kind === 'checkpoint' ? ('checkpoint' as const) : ('gate' as const);
  return { gate, venue, token: await app.get(Tokens).sign({ id: gate, kind: 'gate', roles: [role], venue }, 3_600) };
}

/** Polls until a condition holds. */
export async function until<T>(look: () => T | Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + withinMs; ;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const minute = 60_000;

/** A scan with this code, now, unless told otherwise. */
export const scanOf = (code: string, more: object = {}) => ({
  scanId: newId(),
  code,
  direction: 'in',
  scannedAt: new Date().toISOString(),
  ...more,
});

/** Sends a request and waits for its answer. */
export const askOver = async <T>(socket: Socket, event: string, body: unknown): Promise<T> =>
  (await socket.timeout(8_000).emitWithAck(event, body)) as T;

/** The code of somebody whose record is known. */
export const codeOfSomebody = async (house: House): Promise<string> =>
  house.card(await house.person({ name: 'Nguyễn Văn An', birthDate: '1990-01-02', gender: 'male' }));

/** The lines about a gate's scan that are durable now, newest first. */
export async function linesOf(redis: Redis, scanId: string): Promise<string[]> {
  const entries = await redis.xrevrange(factStream(0), '+', '-', 'COUNT', 500);
  const facts = entries.flatMap(([, [, body = '']]) => unpackFacts(body));
  return facts.map(({ line }) => line).filter((line) => line.includes(scanId));
}
