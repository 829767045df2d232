import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { newId } from '../../../config/ids.js';
import type { Role } from '../../../src/auth/caller.js';
import { Tokens } from '../../../src/auth/tokens.js';
import type { CitizenStatus, RiskShown } from '../../../src/events.js';
import type { ShownArea, ShownAssessment, ShownRisk } from '../../../src/risk/shown.js';
import type { StaffStatus } from '../../../src/status/show.js';
import { connect, type OfficerSocket } from '../../sockets.js';
import { until } from '../gate/house.js';
import { district, inMs, neutral, office, rulesFor } from './rules.js';
import { openTown, wholeCase, type Town } from './town.js';

let town: Town;
let { publish } = {} as ReturnType<typeof office>;
beforeAll(async () => {
  town = await openTown();
  ({ publish } = office(town));
});
afterAll(() => town.close());

const hourMs = 3_600_000;

/** Two officers publish a version in less, also on a busy machine. */
const aheadMs = 12_000;
const patienceMs = 60_000;
const testMs = 180_000;
const statusOf = async (person: string, at?: string) =>
  (await town.ask<StaffStatus>('GET', `/people/${person}/status${at ? `?at=${at}` : ''}`)).body;

async function importUnits(...rows: string[]): Promise<{ accepted: number; merged: number; rejected: number }> {
  const token = await town.house.app.get(Tokens).sign({ id: 'importer', kind: 'operator', roles: ['admin'] }, 600);
  const response = await fetch(`${town.house.url}/api/v1/imports/units`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: ['code,name,parent,validFrom,validTo,timezone,mergedInto', ...rows].join('\n'),
  });
  return (await response.json()) as { accepted: number; merged: number; rejected: number };
}

/** A screen of somebody, and the colours it was told. */
async function screenOf(person: string): Promise<CitizenStatus[]> {
  const heard: CitizenStatus[] = [];
  const socket = await town.citizen(person);
  socket.on('status', (now) => heard.push(now));
  await until(async () => ((await socket.timeout(8_000).emitWithAck('resume', { version: 0 })) as { ok: boolean }).ok);
  return heard;
}

describe('a unit that becomes a part of another', () => {
  it(
    'has its rules from the midnight on which it does, and everybody knows the instant ahead',
    async () => {
      const { area: stays } = await district(town, 0);
      const { area: ends, people } = await district(town, 1);
      await Promise.all([
        publish(rulesFor(ends, { validFrom: inMs(aheadMs) })),
        publish(rulesFor(stays, { f1: 'yellow', validFrom: inMs(aheadMs) })),
      ]);
      const at = Date.now() - hourMs;
      await town.expose(people[0]!, { at, lastAt: at });
      await until(async () => (await statusOf(people[0]!)).colour === 'red', patienceMs);
      const midnight = DateTime.now().setZone('Asia/Ho_Chi_Minh').startOf('day').plus({ days: 2 });
      const report = await importUnits(`${ends},Ends,,,${midnight.toISODate()!},,${stays}`);
      expect(report).toMatchObject({ merged: 1, rejected: 0 });
      await until(async () => (await statusOf(people[0]!)).nextChangeAt === midnight.toUTC().toISO(), patienceMs);
      expect(await statusOf(people[0]!)).toMatchObject({ colour: 'red' });
      expect(await statusOf(people[0]!, midnight.toUTC().toISO()!)).toMatchObject({ colour: 'yellow' });
      expect(await statusOf(people[0]!, midnight.minus(1).toUTC().toISO()!)).toMatchObject({ colour: 'red' });
    },
    testMs,
  );

  it(
    'tells those whose colour is another at once',
    async () => {
      const { area: strict } = await district(town, 0);
      const { area: moves, people } = await district(town, 2);
      const rules = rulesFor(strict, { f1: 'yellow', validFrom: inMs(aheadMs) });
      await publish(rules);
      const at = Date.now() - hourMs;
      await town.expose(people[0]!, { at, lastAt: at });
      const heard = await screenOf(people[0]!);
      expect(await statusOf(people[0]!)).toMatchObject({ colour: 'grey', rule: 'no-policy' });
      await until(() => Date.now() > Date.parse(rules.validFrom), patienceMs);
      expect(await importUnits(`${moves},Moves,${strict},,,,`)).toMatchObject({ merged: 1 });
      await until(() => heard.some(({ colour }) => colour === 'yellow'), patienceMs);
      expect(await importUnits(`${strict},Circle,${moves},,,,`)).toMatchObject({ rejected: 1 });
    },
    testMs,
  );

  it(
    'begins its days where it lies',
    async () => {
      const area = `ny-${newId()}`;
      expect(await importUnits(`${area},New York,,,,America/New_York,`)).toMatchObject({ accepted: 1 });
      const person = await town.house.person();
      await town.cypher('MATCH (p:Person {id: $person}) SET p.unit = $area', { person, area });
      await publish(rulesFor(area, { validFrom: inMs(aheadMs) }));
      const at = Date.now() - hourMs;
      await town.expose(person, { at, lastAt: at });
      const ends = DateTime.fromMillis(at, { zone: 'America/New_York' }).startOf('day').plus({ days: 14 });
      await until(async () => (await statusOf(person)).colour === 'red', patienceMs);
      expect(await statusOf(person)).toMatchObject({ nextChangeAt: ends.toUTC().toISO() });
    },
    testMs,
  );
});

/** Where no level was found people are yellow, at level 1 green, at a higher one yellow again. */
const byLevel = (area: string) => {
  const rule = neutral.colours.at(-1)!;
  const isLow = { '===': [{ var: 'area.level' }, 1] };
  const colours = [
    { ...rule, Identifier: 'low-risk', Logic: isLow, colour: 'green' },
    { ...rule, Identifier: 'other-risk', colour: 'yellow' },
  ];
  return rulesFor(area, { colours, validFrom: inMs(aheadMs) });
};

const figures = {
  ...{ oxygen: 0, deaths: 0, fullDosePeople: 0.8, fullDoseAtRisk: 0.95, careReady: 1, freeBeds: 60, intensiveBeds: 6 },
};
const assess = (unit: string, body: object, role: Role = 'head') =>
  town.ask<ShownRisk & { found: ShownAssessment; type: string; errors: { path: string }[] }>(
    'POST',
    `/units/${unit}/risk`,
    { body, role },
  );

describe('the risk level of an area', () => {
  it(
    'is found from its cases and figures; a higher one is told 48 hours ahead, a lower one holds at once',
    async () => {
      const { area, people } = await district(town, 1);
      await publish(byLevel(area));
      const heard = await screenOf(people[0]!);
      const officer = await watching(area);
      await until(async () => (await statusOf(people[0]!)).colour === 'yellow', patienceMs);

      const low = await assess(area, { population: 100_000, figures });
      expect(low).toMatchObject({
        status: 201,
        body: { level: 1, of: area, ahead: [], found: { level: 1, cases: 0 } },
      });
      await until(() => heard.at(-1)?.rule === 'low-risk', patienceMs);

      await confirmYesterday(people[0]!, area);
      const high = await assess(area, { population: 200, figures: { ...figures, deaths: 3 } });
      expect(high.body).toMatchObject({ level: 1, found: { level: 2, cases: 1, figures: { cases: 500, deaths: 3 } } });
      const [{ from, level }] = high.body.ahead as [{ from: string; level: number }];
      expect([level, Date.parse(from) - Date.parse(high.body.found.at)]).toEqual([2, 48 * hourMs]);
      await until(async () => (await statusOf(people[0]!)).nextChangeAt === from, patienceMs);
      expect(await statusOf(people[0]!, from)).toMatchObject({ colour: 'yellow', rule: 'other-risk' });
      await until(() => officer.length === 2);
      expect(officer.at(-1)).toMatchObject({ unit: area, level: 1, ahead: [{ level: 2, from }] });

      const back = await assess(area, { population: 100_000, cases: 3, figures });
      expect(back.body).toMatchObject({ level: 1, ahead: [], found: { cases: 3 } });
      const { body: history } = await town.ask<{ items: ShownAssessment[] }>('GET', `/units/${area}/risk/history`);
      expect(history.items.map((one) => one.level)).toEqual([1, 2, 1]);
      expect(history.items[0]).toMatchObject({ scale: 'byt-218 2022-01-27', by: 'test-head', figures: { cases: 3 } });
    },
    testMs,
  );

  it(
    'of a unit without one is that of the nearest unit above',
    async () => {
      const { area } = await district(town, 0);
      const part = `p-${newId()}`;
      await importUnits(`${part},Part,${area},,,,`);
      await assess(area, { population: 100_000, cases: 0, figures });
      const read = async () => (await town.ask<ShownRisk>('GET', `/units/${part}/risk`, { role: 'citizen' })).body;
      expect(await read()).toMatchObject({ unit: part, level: 1, of: area });
      await assess(part, { population: 100, cases: 100, figures });
      expect(await read()).toMatchObject({ level: 1, of: area });
    },
    testMs,
  );

  it(
    'is listed with where its places lie, for those whose unit it is',
    async () => {
      const [{ area }, { area: other }] = [await district(town, 0), await district(town, 0)];
      const part = `p-${newId()}`;
      await importUnits(`${part},Part,${area},,,,`);
      for (const [unit, lat, lon] of [
        [area, 10.7701, 106.69],
        [part, 10.7799, 106.69],
        [part, 10.7754, 106.7],
      ] as const) {
        const body = { name: 'Quán', kind: 'restaurant', setting: 'closed', unit, point: { lat, lon } };
        expect((await town.ask('POST', '/venues', { body, role: 'admin' })).status).toBe(201);
      }
      for (const unit of [area, other]) await assess(unit, { population: 100_000, cases: 0, figures });
      const mine = await listed(area);
      expect(mine).toMatchObject([{ unit: area, level: 1, of: area, ahead: [] }]);
      const corners = mine[0]!.outline.map(({ lat, lon }) => `${lat.toFixed(3)} ${lon.toFixed(3)}`);
      expect(corners.sort()).toEqual(['10.770 106.690', '10.775 106.700', '10.780 106.690']);
      const everybody = (await listed()).filter(({ unit }) => unit === other);
      expect(everybody).toMatchObject([{ level: 1, outline: [] }]);
    },
    testMs,
  );

  it(
    'is refused with what is missing, where nobody knows the unit, and to those whose unit it is not',
    async () => {
      const { area } = await district(town, 0);
      const { intensiveBeds: _, ...fewer } = figures;
      const missing = await assess(area, { population: 100_000, figures: fewer });
      expect(missing).toMatchObject({ status: 422, body: { errors: [{ path: 'figures.intensiveBeds' }] } });
      expect(await assess(area, { population: 0, figures })).toMatchObject({ status: 422 });
      expect(await assess('nowhere', { population: 10, figures })).toMatchObject({ status: 404 });
      expect(await assess(area, { population: 10, figures }, 'tracer')).toMatchObject({ status: 403 });
    },
    testMs,
  );
});

/** What an officer of a unit, or of none, is shown of all areas. */
async function listed(unit?: string): Promise<ShownArea[]> {
  const who = { id: 'looker', kind: 'operator' as const, roles: ['tracer' as const], ...(unit && { unit }) };
  const headers = { authorization: `Bearer ${await town.house.app.get(Tokens).sign(who, 600)}` };
  const response = await fetch(`${town.house.url}/api/v1/risks`, { headers });
  return ((await response.json()) as { items: ShownArea[] }).items;
}

/** The news of risk levels that an officer of a unit hears. */
async function watching(unit: string): Promise<RiskShown[]> {
  const token = await town.house.app.get(Tokens).sign({ id: 'watcher', kind: 'operator', roles: ['tracer'] }, 600);
  const screen = await connect<OfficerSocket>(town.house.url, '/officer', token);
  const heard: RiskShown[] = [];
  screen.on('risk', (news) => heard.push(news));
  await screen.timeout(8_000).emitWithAck('watch', { units: [unit] });
  return heard;
}

async function confirmYesterday(person: string, unit: string): Promise<void> {
  const at = Date.now() - 24 * hourMs;
  await town.cypher(
    `MATCH (p:Person {id: $person}) CREATE (c:Case {id: $id, unit: $unit})-[:OF]->(p)
     SET c += $whole, c.confirmedAt = toInteger($at)`,
    { person, unit, at, id: newId(), whole: wholeCase(at) },
  );
}
