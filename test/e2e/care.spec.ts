import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import type { CitizenNotice, CitizenStatus, HeldShown } from '../../src/events.js';
import type { ShownHold } from '../../src/holds/holds.service.js';
import { hire, openScreen, registerPerson } from '../clients.js';
import { idOf, openRules, officer, publish, well } from '../office.js';
import { startSystem, type System } from '../system.js';
import type { CitizenSocket, OfficerSocket } from '../sockets.js';
import { until } from '../until.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const iso = (ms: number) => new Date(ms).toISOString();

/** A busy machine takes its time; a colour that should change does so within this. */
const patienceMs = 90_000;
const testMs = 300_000;

let system: System;
const sockets: (CitizenSocket | OfficerSocket)[] = [];
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await system?.stop();
});

/** Somebody with a screen, and all that it was told. */
async function somebody() {
  const { id } = await registerPerson(system);
  const screen = await openScreen(system, id);
  sockets.push(screen);
  const heard: CitizenStatus[] = [];
  const notices: CitizenNotice[] = [];
  screen.on('status', (now) => heard.push(now));
  screen.on('notice', (news) => notices.push(news));
  await until(
    'the screen is told its colour',
    async () => (await screen.timeout(10_000).emitWithAck('resume', { version: 0 })).ok,
  );
  const turned = (colour: string) =>
    until(`the screen turns ${colour}`, () => heard.at(-1)?.colour === colour && heard.at(-1), patienceMs);
  return { id, heard, notices, turned };
}

/** Two people at one place for an hour, so many days ago. */
async function meet(days: number, people: string[]): Promise<void> {
  const { id: venue } = await well<{ id: string }>(system, 'POST /venues', {
    body: { name: 'A room', kind: 'office', setting: 'closed' },
  });
  const from = Date.now() - days * dayMs;
  for (const person of people) {
    const body = { venue, in: iso(from), out: iso(from + hourMs) };
    await well(system, `POST /people/${person}/stays`, { body });
  }
}

const confirm = (person: string, daysAgo: number) =>
  well<{ id: string }>(system, 'POST /cases', { body: { person, sampledAt: iso(Date.now() - daysAgo * dayMs) } });

describe('what changes a colour by itself or from afar', () => {
  it(
    'a clearing test of an F1 releases the F2 at once, and only them',
    async () => {
      const [carrier, f1, f2] = [await somebody(), await somebody(), await somebody()];
      await meet(9, [carrier.id, f1.id]);
      await meet(7, [f1.id, f2.id]);
      await confirm(carrier.id, 8);
      await Promise.all([f1.turned('red'), f2.turned('yellow')]);
      const sampled = { kind: 'test', test: 'pcr', result: 'negative' };
      // One sampled too early clears nobody: it is pcr from day 5 on.
      await well(system, `POST /people/${f1.id}/evidence`, {
        body: { ...sampled, sampledAt: iso(Date.now() - 5 * dayMs) },
      });
      await well(system, `POST /people/${f1.id}/evidence`, {
        body: { ...sampled, sampledAt: iso(Date.now() - 3 * dayMs) },
      });
      await f2.turned('green');
      expect(f2.heard.map(({ colour }) => colour)).toEqual(['yellow', 'green']);
      expect(f1.heard.at(-1)).toMatchObject({ colour: 'red', rule: 'F1' });
    },
    testMs,
  );

  it(
    'an override ends by itself at its instant',
    async () => {
      const person = await somebody();
      await confirm(person.id, 0);
      await person.turned('red');
      const until = Date.now() + 15_000;
      const body = { kind: 'override', colour: 'green', reason: 'a mistaken sample', until: iso(until) };
      const [first, second] = [await officer(system, 'first'), await officer(system, 'second')];
      const told = await well<{ id: string }>(system, `POST /people/${person.id}/evidence`, { body, token: first });
      await well(system, `POST /people/${person.id}/evidence/${told.id}/agree`, { token: second });
      expect(await person.turned('green')).toMatchObject({ rule: 'override', nextChangeAt: iso(until) });
      const again = await person.turned('red');
      expect(again.rule).toBe('F0');
      expect(Date.parse(again.at)).toBeGreaterThanOrEqual(until);
    },
    testMs,
  );

  it(
    'a second exposure while already red extends the quarantine and tells again',
    async () => {
      const [one, other, person] = [await somebody(), await somebody(), await somebody()];
      await meet(6, [one.id, person.id]);
      await meet(2, [other.id, person.id]);
      await confirm(one.id, 6);
      const first = await person.turned('red');
      await confirm(other.id, 2);
      const notice = await until('the screen is told again', () => person.notices[0], patienceMs);
      expect(notice).toMatchObject({ kind: 'another-reason', colour: 'red' });
      const second = await until(
        'both reasons stand',
        () => person.heard.find(({ reasons }) => reasons.length === 2),
        patienceMs,
      );
      expect(second.colour).toBe('red');
      expect((await statusOf(person.id)).reasons).toHaveLength(2);
      const endsMs = await redUntil(person.id);
      expect(endsMs - Date.parse(first.nextChangeAt!)).toBe(4 * dayMs);
    },
    testMs,
  );
});

const statusOf = (person: string, at?: string) =>
  well<{ colour: string; nextChangeAt: string; reasons: object[] }>(
    system,
    `GET /people/${person}/status${at === undefined ? '' : `?at=${at}`}`,
  );

/** The instant at which somebody is no longer red if nothing new is learnt. */
async function redUntil(person: string): Promise<number> {
  let at: string | undefined;
  for (;;) {
    const { colour, nextChangeAt } = await statusOf(person, at);
    if (colour !== 'red') return Date.parse(at!);
    at = nextChangeAt;
  }
}

describe('a case whose contacts of contacts are more than may change at once', () => {
  it.each([
    ['released by a second officer, they turn yellow', 'release', 'yellow'],
    ['dropped by a second officer, they stay green', 'drop', 'green'],
  ])(
    'is held with an alarm; %s',
    async (_, decided, colour) => {
      const area = `guarded-${newId()}`;
      await well(system, 'POST /imports/units', { csv: `code,name\n${area},${area}\n` });
      const names = Array.from({ length: 10 }, () => newId());
      const registrar = await officer(system, 'registrar', area);
      await well(system, 'POST /imports/people', { csv: ['person', ...names].join('\n'), token: registrar });
      const begins = Date.now() + 10_000;
      const bulkChangeGuard = { share: 0.2, withinMinutes: 10, minPeople: 1 };
      const dated = { id: area, version: newId(), area, validFrom: iso(begins) };
      await publish(system, { ...openRules, ...dated, bulkChangeGuard });
      const alarms: HeldShown[] = [];
      const { screen } = await hire(system, 'head');
      sockets.push(screen);
      screen.on('held', (news) => alarms.push(news));
      await screen.timeout(10_000).emitWithAck('watch', { units: [area] });

      const [carrier, f1] = [await registerPerson(system), await registerPerson(system)];
      const crowd = await Promise.all(names.slice(0, 5).map((name) => idOf(system, name)));
      await meet(4, [carrier.id, f1.id]);
      await meet(2, [f1.id, ...crowd]);
      await until('the rules are in force', () => Date.now() > begins);
      const { id } = await confirm(carrier.id, 3);
      const alarm = await until('the officer is told', () => alarms.find(({ unit }) => unit === area), patienceMs);
      expect(alarm).toMatchObject({ people: 5 });
      await until(
        'the case is traced',
        async () => (await well<{ progress: number }>(system, `GET /cases/${id}`)).progress === 1,
        patienceMs,
      );
      for (const person of crowd) expect(await statusOf(person)).toMatchObject({ colour: 'green' });
      expect(await statusOf(f1.id)).toMatchObject({ colour: 'red' });

      const { items } = await well<{ items: ShownHold[] }>(system, 'GET /holds');
      const hold = items.find(({ unit }) => unit === area)!;
      expect(hold).toMatchObject({ id: alarm.hold, state: 'held', people: 5, by: [`case ${id}`] });
      await well(system, `POST /holds/${hold.id}/${decided}`, { token: await officer(system, 'second') });
      for (const person of crowd) expect(await statusOf(person)).toMatchObject({ colour });
    },
    testMs,
  );
});
