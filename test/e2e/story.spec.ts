import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import type {
  Answer,
  CaseShown,
  CitizenStatus,
  ExposuresShown,
  RedCard,
  Reply,
  Resumed,
  ScanReply,
} from '../../src/events.js';
import { hire, openScreen, pairGate, registerPerson, type PairedGate } from '../clients.js';
import type { CitizenSocket, OfficerSocket } from '../sockets.js';
import { ask, startSystem, type System } from '../system.js';
import { until } from '../until.js';

const minute = 60_000;
const day = 1_440 * minute;
const start = Date.now();

/** An answer is given at once; a busy machine may take longer to give it. */
const patienceMs = 20_000;

let system: System;
let office: PairedGate;
let shop: PairedGate;
let tracer: { token: string; screen: OfficerSocket };
let an: { id: string; code: string };
let binh: { id: string; code: string };
let chi: { id: string; code: string };
let caseId: string;

/** Everything a screen was told, oldest first. */
const heard = {
  an: [] as CitizenStatus[],
  binh: [] as CitizenStatus[],
  chi: [] as CitizenStatus[],
  cases: [] as CaseShown[],
  exposures: [] as ExposuresShown[],
  redCards: [] as RedCard[],
};
const screens = {} as Record<'an' | 'binh' | 'chi', CitizenSocket>;

beforeAll(async () => {
  system = await startSystem();
  office = await pairGate(system, 'An office', 'office');
  shop = await pairGate(system, 'A shop');
  an = await registerPerson(system, 'Nguyễn Văn An');
  binh = await registerPerson(system, 'Trần Thị Bình');
  chi = await registerPerson(system, 'Lê Ngọc Chi');
  tracer = await hire(system, 'tracer');
  tracer.screen.on('case', (now) => heard.cases.push(now));
  tracer.screen.on('exposures', (news) => heard.exposures.push(news));
  tracer.screen.on('red-card', (news) => heard.redCards.push(news));
  for (const [name, { id }] of Object.entries({ an, binh, chi }) as ['an', { id: string }][]) {
    screens[name] = await openScreen(system, id);
    screens[name].on('status', (now) => heard[name].push(now));
  }
}, 120_000);

afterAll(async () => {
  const sockets = [office?.socket, shop?.socket, tracer?.screen, ...Object.values(screens)];
  for (const socket of sockets) socket?.disconnect();
  await system?.stop();
});

const scanAt = (code: string, direction: 'in' | 'out', at: number) => ({
  scanId: newId(),
  code,
  direction,
  scannedAt: new Date(at).toISOString(),
});

/** What the offline gates had kept: two people at one place between two instants, counted from now. */
async function together(gate: PairedGate, people: { code: string }[], fromMs: number, toMs: number): Promise<void> {
  const scans = people.flatMap(({ code }, at) => [
    scanAt(code, 'in', start + fromMs + at * minute),
    scanAt(code, 'out', start + toMs - at * minute),
  ]);
  const reply = (await gate.socket.timeout(patienceMs).emitWithAck('scans', scans)) as Reply<ScanReply[], string>;
  expect(reply).toMatchObject({ ok: true, data: scans.map(() => ({ ok: true })) });
}

async function atTheDoor({ code }: { code: string }): Promise<Answer> {
  const scan = scanAt(code, 'in', Date.now());
  const reply = await shop.socket.timeout(patienceMs).emitWithAck('scan', scan);
  if (!reply.ok) throw new Error(reply.error);
  return reply.data;
}

const resume = async (name: 'an' | 'binh' | 'chi', version: number): Promise<Resumed> => {
  const reply = await screens[name].timeout(patienceMs).emitWithAck('resume', { version });
  if (!reply.ok) throw new Error(reply.error);
  return reply.data;
};

const colourOn = (name: 'an' | 'binh' | 'chi') => heard[name].at(-1)?.colour;

async function staysOf({ id }: { id: string }): Promise<unknown[]> {
  const answer = await ask(system, `GET /people/${id}/stays`, { headers: { purpose: 'operation' } });
  return (answer.body as { items: unknown[] }).items;
}

describe('a case, from the doors to the screens and back', () => {
  it('An and Bình were in one office four days ago, Bình and Chi two days ago: all scans become stays', async () => {
    await together(office, [an, binh], -4 * day, -4 * day + 60 * minute);
    await together(shop, [binh, chi], -2 * day, -2 * day + 40 * minute);
    for (const [who, stays] of [
      [an, 1],
      [binh, 2],
      [chi, 1],
    ] as const) {
      await until('the stays are there', async () => (await staysOf(who)).length >= stays);
      expect(await staysOf(who)).toHaveLength(stays);
    }
  });

  it('everybody is green, on their screens and at the door', async () => {
    for (const name of ['an', 'binh', 'chi'] as const) {
      expect(await resume(name, 0)).toMatchObject({ status: { colour: 'green' } });
    }
    expect(await atTheDoor(chi)).toMatchObject({ decision: 'allow', colour: 'green', displayName: 'L. N. Chi' });
  });

  it('a tracer confirms An: all three screens turn within moments, each with its reason and nobody’s name', async () => {
    const watching = await tracer.screen.timeout(patienceMs).emitWithAck('watch', {});
    expect(watching).toMatchObject({ ok: true });
    const sampledAt = new Date(start - 3 * day).toISOString();
    const made = await ask(system, 'POST /cases', { body: { person: an.id, sampledAt }, token: tracer.token });
    expect(made).toMatchObject({ status: 201, body: { state: 'tracing' } });
    caseId = (made.body as { id: string }).id;
    await until('An and Bình are red and Chi is yellow', () => {
      return colourOn('an') === 'red' && colourOn('binh') === 'red' && colourOn('chi') === 'yellow';
    });
    expect(heard.binh.at(-1)).toMatchObject({ rule: 'F1', reasons: [{ kind: 'exposure', level: 1, minutes: 58 }] });
    expect(heard.chi.at(-1)).toMatchObject({ rule: 'F2', reasons: [{ kind: 'exposure', level: 2, minutes: 38 }] });
    expect(JSON.stringify([heard.binh, heard.chi])).not.toMatch(new RegExp([caseId, an.id, 'Nguyễn'].join('|')));
  });

  it('the tracer’s screen has followed: the case, its two contacts, and how many there are', async () => {
    const ofCase = () => heard.cases.filter(({ id }) => id === caseId);
    await until('the case is traced', () => ofCase().at(-1)?.state === 'traced');
    expect(ofCase().at(-1)).toMatchObject({ progress: 1, counts: { 1: 1, 2: 1 } });
    const contacts = heard.exposures.filter((news) => news.case === caseId).flatMap(({ changed }) => changed);
    const levels = new Map(contacts.map(({ person, level }) => [person, level]));
    expect(levels).toEqual(
      new Map([
        [binh.id, 1],
        [chi.id, 2],
      ]),
    );
  });

  it('Bình is turned away at the shop’s door, Chi is let in with a warning, and the tracer sees the red card', async () => {
    expect(await atTheDoor(binh)).toMatchObject({ decision: 'deny', colour: 'red', instruction: 'send-to-desk' });
    expect(await atTheDoor(chi)).toMatchObject({ decision: 'warn', colour: 'yellow' });
    await until('the tracer sees a red card', () => heard.redCards.length > 0);
    expect(heard.redCards).toEqual([
      { person: binh.id, venue: shop.venue, gate: shop.id, unit: null, at: expect.any(String) },
    ]);
  });

  it('the case is taken back while Bình’s phone is off: who is connected turns green at once', async () => {
    screens.binh.disconnect();
    const taken = await ask(system, `POST /cases/${caseId}/retract`, {
      body: { reason: 'samples were mixed up' },
      token: tracer.token,
    });
    expect(taken.status).toBe(200);
    await until('An and Chi are green', () => colourOn('an') === 'green' && colourOn('chi') === 'green');
    await until('the tracer knows', () => heard.cases.findLast(({ id }) => id === caseId)?.state === 'retracted');
  });

  it('Bình’s phone, on again, hears it on resume, once', async () => {
    const { version } = heard.binh.at(-1)!;
    const before = heard.binh.length;
    screens.binh.connect();
    await until('the phone is connected', () => screens.binh.connected);
    const missed = await until('Bình is green', async () => {
      const news = await resume('binh', version);
      return news.status.colour === 'green' ? news : undefined;
    });
    expect(missed).toMatchObject({ changed: true, status: { rule: 'otherwise', reasons: [] } });
    expect(heard.binh.slice(before).filter(({ colour }) => colour !== 'green')).toEqual([]);
  });

  it('the door is open again, and nothing is left of the case', async () => {
    await until('Bình may go in', async () => (await atTheDoor(binh)).decision === 'allow');
    const left = await ask(system, `GET /people/${binh.id}/exposures`, { headers: { purpose: 'operation' } });
    expect(left.body).toMatchObject({ items: [] });
  });

  it('no screen was told the same twice in a row', () => {
    for (const told of [heard.an, heard.binh, heard.chi]) {
      const said = told.map(({ colour, rule }) => `${colour} ${rule}`);
      expect(said.filter((one, at) => at > 0 && one === said[at - 1])).toEqual([]);
    }
  });
});
