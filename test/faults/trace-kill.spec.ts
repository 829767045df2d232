import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { startPair, type Pair } from '../../scripts/services/pair.mjs';
import type { CitizenStatus } from '../../src/events.js';
import { openScreen } from '../clients.js';
import { ask, startSystem, type Answered, type System } from '../system.js';
import { until } from '../until.js';
import { Screen } from './screen.js';

const minute = 60_000;
const day = 1_440 * minute;
const start = Date.now();
const tag = newId().slice(0, 8);

/** A small town: everybody meets many, so that each case concerns most people at one level or another. */
const size = { people: 240, venues: 12, days: 5, screens: 60 };

/** A service that starts again on a busy machine takes its time. */
const patienceMs = 120_000;

/** A client that has heard nothing for so long asks again. */
const requestMs = 20_000;

let system: System;
let pair: Pair;
const screens: Screen[] = [];
/** Cases that stand and cases that were taken back, as the tests asked for them. */
const open: string[] = [];
const retracted: string[] = [];

beforeAll(async () => {
  pair = await startPair(process.env['TEST_SOLO_DIR']!);
  system = await startSystem();
  await accepted('POST /imports/people', { csv: `person,name,birthDate\n${everybody().join('\n')}\n` });
  await accepted('POST /imports/stays', { csv: `person,venue,zone,in,out\n${stays().join('\n')}\n` });
  await audited();
  for (let each = 0; each < size.screens; each++) {
    const person = await idOf(each * Math.floor(size.people / size.screens));
    screens.push(new Screen(person, await openScreen(system, person)));
  }
}, 240_000);

afterAll(async () => {
  for (const { socket } of screens) socket.disconnect();
  await system?.stop();
});

const name = (each: number) => `${tag}-${each}`;
const everybody = () => Array.from({ length: size.people }, (_, each) => `${name(each)},Người ${each},1990-01-01`);

/** Three stays a day, an hour each, wandering through the town. */
function stays(): string[] {
  return Array.from({ length: size.people * size.days * 3 }, (_, at) => {
    const [each, turn] = [at % size.people, Math.floor(at / size.people)];
    const from = start - size.days * day + turn * 8 * 60 * minute + ((each * 7) % 40) * minute;
    const venue = (each * 5 + turn * (1 + (each % 7))) % size.venues;
    return [name(each), `${tag}-v${venue}`, '', from, from + 60 * minute].join(',');
  });
}

async function idOf(each: number): Promise<string> {
  const sent = { headers: { purpose: 'operation' } };
  const { body } = await ask(system, `GET /people?identifier=${name(each)}`, sent);
  return (body as { items: { id: string }[] }).items[0]!.id;
}

/** Asks until the answer is one: what is asked here may be asked twice. */
async function accepted(request: string, sent: Parameters<typeof ask>[2]): Promise<Answered> {
  return until(
    request,
    async () => {
      const answer = await ask(system, request, { ...sent, patienceMs: requestMs });
      if (answer.status < 300 || answer.status === 409) return answer;
      throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    },
    patienceMs,
  );
}

/** Confirms three cases and takes back the oldest two, all at once. */
async function changes(): Promise<void> {
  const confirmed = Array.from({ length: 3 }, (_, at) => `${tag}-case-${open.length + retracted.length + at}`);
  const back = open.splice(0, 2);
  open.push(...confirmed);
  retracted.push(...back);
  const row = (id: string) => `${id},${name(Number(id.split('-').at(-1)) * 11)},${start - 4 * day},,`;
  await Promise.all([
    ...confirmed.map((id) =>
      accepted('POST /imports/cases', { csv: `case,person,onset,sampledAt,isolatedAt\n${row(id)}\n` }),
    ),
    ...back.map((id) => accepted(`POST /cases/${id}/retract`, { body: { reason: 'mixed up' } })),
  ]);
}

/**
 * Changes, a death in the middle of what follows from them, and a return; the requests wait for that or ask again.
 * Every third phone is off meanwhile, and asks for what it missed while the rest is still on its way.
 */
async function expectToSurvive(afterMs: number, dies: () => Promise<void>, returns: () => Promise<void>) {
  const away = screens.filter((_, at) => at % 3 === 0);
  const before = away.map((screen) => screen.switchOff());
  const changing = changes();
  await pause(afterMs);
  await dies();
  await returns();
  for (const screen of away) screen.switchOn();
  await changing;
  await expectAllRight();
  expect(away.filter(({ news }, at) => news !== before[at]).length).toBeGreaterThan(0);
  expect(away.flatMap((screen) => screen.toldTwice)).toEqual([]);
}

const servicesReturn = async () => {
  pair = await startPair(process.env['TEST_SOLO_DIR']!);
};

interface Report {
  report?: { settled: boolean; differences: number };
  difference?: object;
}

/** Waits until everything that is on its way has arrived, then resolves to what a fresh computation finds otherwise. */
async function audited(): Promise<object[]> {
  const lines = await until(
    'an audit of a system at rest',
    async () => {
      const { body } = await ask(system, 'POST /audit', { body: {} });
      const read = String(body)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Report);
      return read.at(-1)?.report?.settled ? read : undefined;
    },
    patienceMs,
  );
  return lines.flatMap(({ difference }) => difference ?? []);
}

/** Screens that show another colour than the one that is right now. */
async function wrongScreens(): Promise<string[]> {
  const wrong = [];
  for (const { person, shown } of screens) {
    const answer = await ask(system, `GET /people/${person}/status`, { headers: { purpose: 'operation' } });
    const right = answer.body as CitizenStatus;
    if (right.colour !== shown?.colour || right.rule !== shown.rule)
      wrong.push(`${person}: ${shown?.colour} ${shown?.rule}, not ${right.colour} ${right.rule}`);
  }
  return wrong;
}

async function expectAllRight(): Promise<void> {
  expect(await audited()).toEqual([]);
  await until(
    'every screen shows the right colour',
    async () => {
      const wrong = await wrongScreens();
      return wrong.length === 0 || Promise.reject(new Error(wrong.join('; ')));
    },
    patienceMs,
  );
}

describe('while cases come and go, are traced and told', () => {
  it('colours are right to begin with, and some are red', async () => {
    await changes();
    await expectAllRight();
    expect(screens.filter(({ shown }) => shown?.colour === 'red').length).toBeGreaterThan(0);
  }, 240_000);

  it.each([30, 400])(
    'the worker dies %i ms after the changes began',
    async (afterMs) => {
      const { worker } = system;
      await expectToSurvive(
        afterMs,
        () => worker.kill9(),
        () => worker.start(),
      );
    },
    240_000,
  );

  it.each([250])(
    'the API dies %i ms after the changes began',
    async (afterMs) => {
      const { api } = system;
      await expectToSurvive(
        afterMs,
        () => api.kill9(),
        () => api.start(),
      );
    },
    240_000,
  );

  it('Redis dies in the middle', async () => {
    await expectToSurvive(200, () => pair.redis!.kill(), servicesReturn);
  }, 240_000);

  it('Neo4j dies in the middle', async () => {
    await expectToSurvive(200, () => pair.neo4j!.kill(), servicesReturn);
  }, 240_000);

  it('all cases are taken back, and nobody has anything left of them', async () => {
    retracted.push(...open);
    await Promise.all(open.splice(0).map((id) => accepted(`POST /cases/${id}/retract`, { body: { reason: 'all' } })));
    await expectAllRight();
    expect(screens.filter(({ shown }) => shown?.colour === 'red' || shown?.colour === 'yellow')).toEqual([]);
  }, 240_000);
});
