import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { newId } from '../../config/ids.js';
import { connectRedisBlocking } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import type { ScanReply } from '../../src/events.js';
import { comparePositions, factStream, headcountKey, unpackFacts } from '../../src/streams.js';
import { hire, pairGate, registerPerson, type PairedGate } from '../clients.js';
import { ask, startSystem, vetxanh, type System } from '../system.js';
import { until } from '../until.js';

let system: System;
let graph: Graph;
let redis: Redis;
let gate: PairedGate;

beforeAll(async () => {
  system = await startSystem();
  graph = Graph.connect({ ...system.servers, NEO4J_DATABASE: 'neo4j' });
  redis = connectRedisBlocking(system.servers.REDIS_URL);
  gate = await pairGate(system, 'A shop');
}, 180_000);

afterEach(() => setMemory('0'));
afterAll(async () => {
  gate?.socket.disconnect();
  await system?.stop();
  await graph?.close();
  redis?.disconnect();
});

/** An empty Redis takes more than a megabyte already, so that one is full; with 0 there is no bound. */
const setMemory = (size: '1mb' | '0') => redis.config('SET', 'maxmemory', size);

const scanOf = (code: string) => ({ scanId: newId(), code, direction: 'in' as const, scannedAt: Date.now() });

const scan = (body: ReturnType<typeof scanOf>): Promise<ScanReply> =>
  gate.socket.timeout(8_000).emitWithAck('scan', body);

/** How often a scan stands in the stream. */
async function timesKept(scanId: string): Promise<number> {
  const entries = await redis.xrange(factStream(0), '-', '+');
  const facts = entries.flatMap(([, [, body = '']]) => unpackFacts(body));
  return facts.filter(({ line }) => line.includes(scanId)).length;
}

async function hasCaughtUp(): Promise<boolean> {
  const [last] = await redis.xrevrange(factStream(0), '+', '-', 'COUNT', 1);
  const [shard] = await graph.read('people/positions', { streams: [factStream(0)] });
  return comparePositions(shard?.position ?? '0-0', last?.[0] ?? '0-0') >= 0;
}

const insideByRedis = async (): Promise<string> => (await redis.hget(headcountKey(0), gate.venue)) ?? '';

describe('a Redis whose memory is full', () => {
  it('has a gate hear `busy`, and takes the same scan once there is room', async () => {
    const { code } = await registerPerson(system);
    const body = scanOf(code);
    await setMemory('1mb');
    for (let at = 0; at < 3; at++) expect(await scan(body)).toMatchObject({ ok: false, error: 'busy' });
    expect(await timesKept(body.scanId)).toBe(0);
    await setMemory('0');
    expect(await scan(body)).toMatchObject({ ok: true, data: { direction: 'in' } });
    expect(await timesKept(body.scanId)).toBe(1);
    await until('the scan is counted', async () => (await insideByRedis()).includes('1'));
  });

  it('does not keep the worker from folding what waits, which alone makes room; head counts follow', async () => {
    await system.worker.stop();
    const before = await insideByRedis();
    for (let at = 0; at < 10; at++)
      expect(await scan(scanOf((await registerPerson(system)).code))).toMatchObject({ ok: true });
    await setMemory('1mb');
    await system.worker.start();
    await until('the worker has folded what waited', hasCaughtUp, 60_000);
    expect(await redis.xtrim(factStream(0), 'MINID', '0')).toBe(0);
    expect(['', before]).toContain(await insideByRedis());
    await setMemory('0');
    await until('everybody is counted', async () => (await insideByRedis()).includes('11'));
    expect(system.worker.runs).toBe(true);
  }, 120_000);

  it('is named by `/health/ready` and by `doctor`, which say what does not work, and is well again afterwards', async () => {
    const ready = async () => {
      const answer = await fetch(`${system.url}/health/ready`);
      return { code: answer.status, body: (await answer.json()) as { status: string; detail?: string } };
    };
    const doctor = async () => (await vetxanh(system, 'doctor')).stdout;
    expect(await ready()).toMatchObject({ code: 200, body: { status: 'up', services: { redis: 'up', neo4j: 'up' } } });
    await setMemory('1mb');
    expect(await ready()).toMatchObject({
      code: 200,
      body: {
        status: 'impaired',
        services: { redis: 'full', neo4j: 'up' },
        detail: expect.stringMatching(/full.*busy/),
      },
    });
    expect(await doctor()).toMatch(/The memory of Redis is full/);
    await setMemory('0');
    expect(await ready()).toMatchObject({ code: 200, body: { status: 'up' } });
    expect(await doctor()).not.toMatch(/is full/);
  });

  it('ends no process, whatever wants to write, and everything works again afterwards', async () => {
    const { id: person } = await registerPerson(system);
    await setMemory('1mb');
    const asked = [
      ask(system, 'POST /auth/login', { body: { username: 'nobody', password: 'a guess' }, token: '' }),
      ask(system, 'POST /auth/otp', { body: { phone: '+84912345678' }, token: '' }),
    ];
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([503, 503]);
    const confirmed = await ask(system, 'POST /cases', { body: { person, onset: new Date().toISOString() } });
    expect(confirmed.status).toBe(201);
    const waits = () => readFileSync(join(system.dataDir, 'logs', 'api.log'), 'utf8').includes('outbox-not-drained');
    await until('the case was offered to Redis again, in vain', waits);
    expect([system.api.runs, system.worker.runs]).toEqual([true, true]);
    await setMemory('0');
    const { screen } = await hire(system, 'tracer');
    screen.disconnect();
    const { id } = confirmed.body as { id: string };
    const isTraced = async () => ((await ask(system, `GET /cases/${id}`)).body as { progress: number }).progress === 1;
    await until('the case is traced', isTraced);
    expect([system.api.runs, system.worker.runs]).toEqual([true, true]);
  }, 120_000);
});
