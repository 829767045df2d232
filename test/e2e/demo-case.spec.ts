import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../../cli/api.js';
import { createLog } from '../../config/log.js';
import { buildCity, type City } from '../../demo/city.js';
import { found } from '../../demo/found.js';
import { readKept } from '../../demo/kept.js';
import { Outbreak } from '../../demo/outbreak.js';
import type { CitizenStatus } from '../../src/events.js';
import { openScreen } from '../clients.js';
import { idOf, well } from '../office.js';
import type { CitizenSocket } from '../sockets.js';
import { startSystem, type System } from '../system.js';
import { until } from '../until.js';

const minute = 60_000;
const hour = 60 * minute;
const iso = (ms: number) => new Date(ms).toISOString();

/** The outbreak lives in the past of the system: no case of its clock lies ahead. */
const start = Date.now() - hour;
let nowMs = start;

/** In turn: the next case comes after some 23 minutes, the first inhabitant has this one, and it lasts 4 minutes. */
const chances = [0.98, 0, 0];

const folder = mkdtempSync(join(tmpdir(), 'vetxanh-city-'));
const three = buildCity({ seed: 79, people: 3 });
const city: City = { places: three.places.slice(0, 2), inhabitants: three.inhabitants };

let system: System;
const people: string[] = [];
const screens: CitizenSocket[] = [];
const heard: CitizenStatus[][] = [];
let outbreak: Outbreak;
let running: Promise<void>;

beforeAll(async () => {
  system = await startSystem();
  await found(new Api({ url: system.url, token: system.operatorToken }), city, folder);
  for (const { id } of city.inhabitants) people.push(await idOf(system, id));
  await meet(people.slice(0, 2), start - 47 * hour);
  await meet(people.slice(1), start - 20 * hour);
  for (const [at, person] of people.entries()) {
    heard[at] = [];
    screens[at] = await openScreen(system, person);
    screens[at].on('status', (now) => heard[at]!.push(now));
  }
}, 120_000);

afterAll(async () => {
  outbreak?.close();
  await running;
  for (const screen of screens) screen.disconnect();
  await system?.stop();
});

/** Half an hour at the first place. */
async function meet(whom: string[], fromMs: number): Promise<void> {
  for (const person of whom) {
    const body = { venue: city.places[0]!.id, in: iso(fromMs), out: iso(fromMs + 30 * minute) };
    await well(system, `POST /people/${person}/stays`, { body });
    await until('the stay can be read', async () => {
      const { items } = await well<{ items: { in: string }[] }>(system, `GET /people/${person}/stays`);
      return items.some((stay) => stay.in === body.in);
    });
  }
}

/** The part of the demo that makes cases, with what its folder keeps. */
function begin(): void {
  const at = {
    api: new Api({ url: system.url, token: system.operatorToken }),
    kept: readKept(folder)!,
    dataDir: folder,
  };
  let count = 0;
  outbreak = new Outbreak(at, () => chances[count++ % chances.length]!, () => nowMs, createLog('demo', 'silent')); // prettier-ignore
  running = outbreak.run();
}

const colours = () => heard.map((told) => told.at(-1)?.colour);
const expectToTurn = (...to: string[]) => until(`people are ${to.join(', ')}`, () => colours().join() === to.join());
const kept = () => readKept(folder)!.cases;

describe('a case of the demo city', () => {
  it('is found two minutes after a start: its people turn red and yellow', async () => {
    for (const screen of screens) {
      const reply = await screen.timeout(20_000).emitWithAck('resume', { version: 0 });
      expect(reply).toMatchObject({ ok: true, data: { status: { colour: 'green' } } });
    }
    begin();
    nowMs = start + 2 * minute;
    await expectToTurn('red', 'red', 'yellow');
    expect(heard.map((told) => told.at(-1)?.rule)).toEqual(['F0', 'F1', 'F2']);
    await until('it is kept', () => kept().length === 1);
  });

  it('is over after minutes, and everybody is green again', async () => {
    nowMs = start + 6 * minute;
    await expectToTurn('green', 'green', 'green');
    await until('it is no longer kept', () => kept().length === 0);
  });

  it('comes again later', async () => {
    nowMs = start + 30 * minute;
    await expectToTurn('red', 'red', 'yellow');
    await until('it is kept', () => kept().length === 1);
  });

  it('that a stop left behind is over when the city starts again', async () => {
    outbreak.close();
    await running;
    begin();
    await expectToTurn('green', 'green', 'green');
    await until('it is no longer kept', () => kept().length === 0);
  });

  it('told each of them nothing but that', () => {
    const all = heard.map((told) => told.map(({ colour }) => colour));
    expect(all).toEqual([
      ['red', 'green', 'red', 'green'],
      ['red', 'green', 'red', 'green'],
      ['yellow', 'green', 'yellow', 'green'],
    ]);
  });
});
