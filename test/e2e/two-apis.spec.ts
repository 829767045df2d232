import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import type { CaseShown, CitizenStatus, ExposuresShown, RedCard } from '../../src/events.js';
import { hire, openScreen, pairGate, registerPerson, type PairedGate } from '../clients.js';
import type { CitizenSocket, OfficerSocket } from '../sockets.js';
import { ask, startSecondApi, startSystem, type System } from '../system.js';
import { until } from '../until.js';

const minute = 60_000;
const day = 1_440 * minute;
const start = Date.now();
const iso = (ms: number) => new Date(ms).toISOString();

/** An answer is given at once; a busy machine may take longer to give it. */
const patienceMs = 20_000;

/** Two API processes and one worker; whoever is not said to be at the second is at the first. */
let first: System;
let second: System;
let shop: PairedGate;
let an: string;
let binh: string;
let chi: string;
let caseId: string;
const officers: OfficerAt[] = [];
const citizens = {} as Record<'an' | 'binh' | 'chi', CitizenAt>;

/** An officer who watches everything, and all that they hear. */
class OfficerAt {
  readonly cases: CaseShown[] = [];
  readonly exposures: ExposuresShown[] = [];
  readonly redCards: RedCard[] = [];

  constructor(
    readonly socket: OfficerSocket,
    readonly token: string,
  ) {
    socket.on('case', (now) => this.cases.push(now));
    socket.on('exposures', (news) => this.exposures.push(news));
    socket.on('red-card', (news) => this.redCards.push(news));
  }

  of(id: string): CaseShown[] {
    return this.cases.filter((now) => now.id === id);
  }

  state(id: string): string | undefined {
    return this.of(id).at(-1)?.state;
  }
}

/** A citizen's screen, and all colours that were pushed to it. */
class CitizenAt {
  readonly heard: CitizenStatus[] = [];

  constructor(readonly socket: CitizenSocket) {
    socket.on('status', (now) => this.heard.push(now));
  }

  get colours(): string[] {
    return this.heard.map(({ colour, rule }) => `${colour} ${rule}`);
  }

  /** The colour that stands; whatever was pushed before it has been heard by then. */
  async resume(): Promise<string> {
    const reply = await this.socket.timeout(patienceMs).emitWithAck('resume', { version: 0 });
    if (!reply.ok) throw new Error(reply.error);
    return reply.data.status.colour;
  }
}

beforeAll(async () => {
  first = await startSystem();
  second = await startSecondApi(first);
  shop = await pairGate(second, 'A shop');
  an = await person();
  binh = await person();
  chi = await person();
  await meet([an, binh], start - 4 * day);
  await meet([binh, chi], start - 2 * day);
  citizens.an = new CitizenAt(await openScreen(second, an));
  citizens.binh = new CitizenAt(await openScreen(first, binh));
  citizens.chi = new CitizenAt(await openScreen(second, chi));
  for (const at of [first, second]) {
    const { screen, token } = await hire(at, 'tracer');
    officers.push(new OfficerAt(screen, token));
    const watching = await screen.timeout(patienceMs).emitWithAck('watch', {});
    if (!watching.ok) throw new Error(watching.error);
  }
}, 120_000);

afterAll(async () => {
  const sockets = [...Object.values(citizens), ...officers].map(({ socket }) => socket);
  for (const socket of [shop?.socket, ...sockets]) socket?.disconnect();
  await second?.stop();
  await first?.stop();
});

const codes = new Map<string, string>();
async function person(): Promise<string> {
  const { id, code } = await registerPerson(first);
  codes.set(id, code);
  return id;
}

/** Three quarters of an hour in one shop. */
async function meet(people: string[], fromMs: number): Promise<void> {
  for (const id of people) {
    const body = { venue: shop.venue, in: iso(fromMs), out: iso(fromMs + 45 * minute) };
    expect((await ask(first, `POST /people/${id}/stays`, { body })).status).toBeLessThan(300);
    await until('the stay can be read', async () => {
      const { body: read } = await ask(first, `GET /people/${id}/stays`, { headers: { purpose: 'operation' } });
      return (read as { items: { in: string }[] }).items.some((stay) => stay.in === body.in);
    });
  }
}

async function confirm(at: System, sick: string): Promise<string> {
  const body = { person: sick, sampledAt: iso(start - 3 * day) };
  const made = await ask(at, 'POST /cases', { body, token: officers[0]!.token });
  expect(made.status).toBe(201);
  return (made.body as { id: string }).id;
}

/** News go to each process in one order, so whatever was told before this case has been heard by then. */
async function everythingIsHeard(): Promise<void> {
  const other = await confirm(first, await person());
  await until('both officers hear of another case', () => officers.every((each) => each.state(other) === 'traced'));
  await Promise.all(Object.values(citizens).map((citizen) => citizen.resume()));
}

describe('two API processes on one pair of services', () => {
  it('show everybody green to begin with', async () => {
    const colours = await Promise.all(Object.values(citizens).map((citizen) => citizen.resume()));
    expect(colours).toEqual(['green', 'green', 'green']);
  });

  it('tell the sockets of both of a case that is confirmed through the first', async () => {
    caseId = await confirm(first, an);
    await until('all three screens have turned', () =>
      Object.values(citizens).every(({ heard }) => heard.some(({ colour }) => colour !== 'green')),
    );
    await until('both officers know that it is traced', () =>
      officers.every((each) => each.state(caseId) === 'traced'),
    );
    for (const officer of officers) {
      expect(officer.of(caseId).at(-1)).toMatchObject({ progress: 1, counts: { 1: 1, 2: 1 } });
      const found = officer.exposures.filter((news) => news.case === caseId).flatMap(({ changed }) => changed);
      expect(found.map((row) => [row.person, row.level])).toEqual([
        [binh, 1],
        [chi, 2],
      ]);
    }
  });

  it('tell both officers of the red card that a gate of the second turns away', async () => {
    const scan = { scanId: newId(), code: codes.get(binh)!, direction: 'in' as const, scannedAt: iso(Date.now()) };
    const reply = await shop.socket.timeout(patienceMs).emitWithAck('scan', scan);
    expect(reply).toMatchObject({ ok: true, data: { decision: 'deny', colour: 'red' } });
    await until('both officers see it', () => officers.every(({ redCards }) => redCards.length > 0));
    for (const { redCards } of officers) {
      expect(redCards).toEqual([expect.objectContaining({ person: binh, venue: shop.venue, gate: shop.id })]);
    }
  });

  it('turn all screens back to green when the second takes the case back', async () => {
    const { token } = officers[1]!;
    const body = { reason: 'samples were mixed up' };
    expect((await ask(second, `POST /cases/${caseId}/retract`, { body, token })).status).toBe(200);
    await until('all three are green', () =>
      Object.values(citizens).every(({ heard }) => heard.at(-1)?.colour === 'green'),
    );
    await until('both officers know', () => officers.every((each) => each.state(caseId) === 'retracted'));
  });

  it('told nothing twice, and the same on both sides', async () => {
    await everythingIsHeard();
    expect(citizens.an.colours).toEqual(['red F0', 'green otherwise']);
    expect(citizens.binh.colours).toEqual(['red F1', 'green otherwise']);
    expect(citizens.chi.colours).toEqual(['yellow F2', 'green otherwise']);
    const [one, other] = officers as [OfficerAt, OfficerAt];
    const news = one.of(caseId).map((now) => JSON.stringify(now));
    expect(new Set(news).size).toBe(news.length);
    expect(other.cases).toEqual(one.cases);
    expect(other.exposures).toEqual(one.exposures);
    expect([one.redCards.length, other.redCards.length]).toEqual([1, 1]);
    const rows = one.exposures.filter((each) => each.case === caseId);
    expect(rows.flatMap(({ changed }) => changed)).toHaveLength(2);
    expect(rows.flatMap(({ removed }) => removed).sort()).toEqual([binh, chi].sort());
  });
});
