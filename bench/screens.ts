import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { Tokens } from '../src/auth/tokens.js';
import { packScan } from '../src/domain/stay/packed.js';
import { bodyField, factStream, packFacts, type Fact } from '../src/streams.js';
import { connectCitizens, heardByAll } from './citizens.js';
import type { Line } from './benches.js';
import { drained } from './lag.js';
import { median } from './pairs.js';
import type { Stage } from './stage.js';
import { makePeople, type World } from './world.js';

/** People who met the case, all with their screens on. */
const online = 1_000;

/** The first rounds meet servers that have compiled nothing yet, and are not counted. */
const warmUps = 3;
const patienceMs = 120_000;

const [hourMs, dayMs] = [3_600_000, 86_400_000];

/** A case is confirmed, and the last of a thousand screens turns; it is taken back, and they turn back. */
export async function screens(stage: Stage): Promise<Line[]> {
  const { world, url, redis } = stage;
  stage.worker();
  const citizens = await connectCitizens(world, url, online);
  try {
    const [carrier = ''] = await makePeople(world, 1);
    await redis.xadd(factStream(0), '*', bodyField, packFacts(together(world, [carrier, ...citizens.people])));
    await drained(stage, redis);
    const took: number[] = [];
    for (let round = -warmUps; round < stage.pairs; round++) {
      const turned = heardByAll(citizens.sockets, patienceMs);
      const start = performance.now();
      const { id } = await post<{ id: string }>(world, `${url}/api/v1/cases`, {
        person: carrier,
        sampledAt: iso(systemClock()),
      });
      await turned;
      if (round >= 0) took.push(performance.now() - start);
      const back = heardByAll(citizens.sockets, patienceMs);
      await traced(world, `${url}/api/v1/cases/${id}`);
      await post(world, `${url}/api/v1/cases/${id}/retract`, { reason: 'bench' });
      await back;
    }
    const [middle, worst] = [median(took) / 1_000, Math.max(...took) / 1_000];
    const measured = `${middle.toFixed(2)} s (worst of ${took.length}: ${worst.toFixed(2)} s)`;
    const question = `case confirmed to the last of ${online} screens of level 1`;
    return [{ question, against: 'the clock', target: '≤ 1 s', measured, met: middle <= 1 }];
  } finally {
    for (const socket of citizens.sockets) socket.close();
    redis.disconnect();
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Everybody in one room for an hour, yesterday. */
function together({ venue, gate }: World, people: string[]): Fact[] {
  const from = systemClock() - dayMs;
  return (['in', 'out'] as const).flatMap((direction) =>
    people.map((person) => {
      const at = direction === 'in' ? from : from + hourMs;
      const where = { gate, venue, kind: 'office' as const, unit: null, zone: '' };
      const how = { scanId: newId(), direction, at, receivedAt: at, trust: 1, decision: 'allow' as const };
      return { person, line: packScan({ ...where, ...how }) };
    }),
  );
}

async function traced(world: World, url: string): Promise<void> {
  for (;;) {
    const { state } = await ask<{ state: string }>(world, url, {});
    if (state === 'traced') return;
    await pause(20);
  }
}

const post = <T>(world: World, url: string, body: unknown): Promise<T> =>
  ask<T>(world, url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function ask<T>({ secrets }: World, url: string, { headers, ...more }: RequestInit): Promise<T> {
  const operator = { id: 'operator', kind: 'operator' as const, roles: ['tracer' as const] };
  const token = await new Tokens(secrets, systemClock).sign(operator, 3_600);
  const answer = await fetch(url, {
    ...more,
    headers: { ...headers, authorization: `Bearer ${token}`, purpose: 'operation' },
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
