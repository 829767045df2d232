import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import type { CitizenStatus } from '../../src/events.js';
import { openScreens } from '../clients.js';
import { idOf, openRules, officer, publish, well } from '../office.js';
import { connectGate, type CitizenSocket, type GateSocket } from '../sockets.js';
import { startSystem, type System } from '../system.js';
import { until } from '../until.js';

/** `VETXANH_SWITCH_PEOPLE=100000 VETXANH_SWITCH_SCREENS=1000` is what issue C2 asks for. */
const size = Number(process.env['VETXANH_SWITCH_PEOPLE'] ?? 2_000);
const screensOpen = Number(process.env['VETXANH_SWITCH_SCREENS'] ?? 100);

/** One in so many is in quarantine, of those with a screen one in two. */
const restricted = 10;

const iso = (ms: number) => new Date(ms).toISOString();
const dayMs = 86_400_000;
const area = `switch-${newId()}`;
const inQuarantine = { reduce: [{ var: 'quarantines' }, true, false] };

let system: System;
let door: GateSocket;
let screens: CitizenSocket[] = [];

beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(async () => {
  for (const socket of [...screens, door]) socket?.disconnect();
  await system?.stop();
});

/** People of the area, known to files by these names; one in ten is in quarantine. */
async function populate(): Promise<string[]> {
  const names = Array.from({ length: size }, () => newId());
  const token = await officer(system, 'registrar', area);
  await well(system, 'POST /imports/units', { csv: `code,name\n${area},${area}\n` });
  await well(system, 'POST /imports/people', { csv: ['person', ...names].join('\n'), token });
  const [from, to] = [Date.now() - dayMs, Date.now() + 3 * dayMs];
  const rows = names.filter((_, at) => at % restricted === 0).map((name) => `quarantine,${from},${to},${name}`);
  const report = await well<{ accepted: number }>(system, 'POST /imports/evidence', {
    token,
    csv: ['kind,at,until,person', ...rows].join('\n'),
  });
  expect(report.accepted).toBe(rows.length);
  return names;
}

/** Publishes rules by which people in quarantine have a colour; resolves to the instant at which they begin. */
async function begin(colour: string): Promise<number> {
  const begins = Date.now() + 8_000 + size / 5;
  const rule = { ...openRules.colours[0], Identifier: 'quarantine', Logic: inQuarantine, colour };
  const colours = [rule, ...openRules.colours];
  await publish(system, { ...openRules, id: area, version: newId(), area, validFrom: iso(begins), colours });
  return begins;
}

/** Scans one card over and over until told to stop: when each was asked and answered, and the colour. */
function scanOn(code: string) {
  const seen: { askedMs: number; answeredMs: number; colour: string }[] = [];
  let isOn = true;
  const scan = async () => {
    const askedMs = Date.now();
    const body = { scanId: newId(), code, direction: 'in' as const, scannedAt: iso(askedMs) };
    const reply = await door.timeout(20_000).emitWithAck('scan', body);
    if (reply.ok) seen.push({ askedMs, answeredMs: Date.now(), colour: reply.data.colour });
  };
  const ended = (async () => {
    while (isOn) await scan();
  })();
  return {
    seen,
    end: async () => {
      isOn = false;
      await ended;
    },
  };
}

it(
  `of ${size} people a switch of the rules tells each of ${screensOpen} screens whose colour it changes once, nobody else, and doors answer by it from its instant`,
  async () => {
    const names = await populate();
    const half = screensOpen / 2;
    const inside = names.filter((_, at) => at % restricted === 0).slice(0, half);
    const outside = names.filter((_, at) => at % restricted === 1).slice(0, half);
    const people = await Promise.all([...inside, ...outside].map((name) => idOf(system, name)));
    const first = await begin('red');
    await until('the first rules are in force', () => Date.now() > first, 120_000);
    const venue = { name: 'A shop', kind: 'shop', setting: 'closed', unit: area };
    const { id: shop } = await well<{ id: string }>(system, 'POST /venues', { body: venue });
    const { token } = await well<{ token: string }>(system, `POST /venues/${shop}/gates`, { body: { name: 'Front' } });
    door = await connectGate(system.url, token);
    const { code } = await well<{ code: string }>(system, `POST /people/${people[0]}/cards`, {
      body: { kind: 'printed' },
    });

    screens = await openScreens(system, people);
    const heard = screens.map(() => [] as CitizenStatus[]);
    for (const [at, screen] of screens.entries()) {
      const reply = await until('the screen shows a colour', () =>
        screen.timeout(20_000).emitWithAck('resume', { version: 0 }),
      );
      expect(reply).toMatchObject({ ok: true, data: { status: { colour: at < half ? 'red' : 'green' } } });
      screen.on('status', (now) => heard[at]!.push(now));
    }

    const begins = await begin('yellow');
    const scans = scanOn(code);
    await until(
      'every screen in quarantine turned',
      () => heard.slice(0, half).every(({ length }) => length > 0),
      180_000,
    );
    const lastMs = Date.now();
    await scans.end();
    process.stdout.write(`switch: ${size} people, ${half} screens turned within ${lastMs - begins} ms\n`);

    // Turning back tells everybody again: what else was said of the first switch would have come before.
    await begin('red');
    await until('every screen turned back', () => heard.slice(0, half).every(({ length }) => length > 1), 180_000);
    const told = heard.map((list) => list.map(({ colour }) => colour));
    expect(told).toEqual([...inside.map(() => ['yellow', 'red']), ...outside.map(() => [])]);
    expect(heard.slice(0, half).every(([first]) => Date.parse(first!.at) >= begins)).toBe(true);

    const before = scans.seen.filter(({ answeredMs }) => answeredMs < begins);
    const after = scans.seen.filter(({ askedMs }) => askedMs >= begins);
    expect([before.length > 0, after.length > 0]).toEqual([true, true]);
    expect([new Set(before.map(({ colour }) => colour)), new Set(after.map(({ colour }) => colour))]).toEqual([
      new Set(['red']),
      new Set(['yellow']),
    ]);
  },
  300_000 + size * 10,
);
