import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { Vault } from '../../../config/vault.js';
import { Tokens } from '../../../src/auth/tokens.js';
import { readVenueCode } from '../../../src/domain/codes/venue-code.js';
import type { Hello, Reply } from '../../../src/events.js';
import { RotatingCodes } from '../../../src/venues/rotating-codes.js';
import { askOver, openHouse, type House } from '../gate/house.js';

let house: House;
let owner: string;
let stranger: string;
beforeAll(async () => {
  house = await openHouse();
  [owner, stranger] = await Promise.all([logIn(), logIn()]);
});
afterAll(() => house.close());

/** Somebody with a phone number of their own. */
async function logIn(): Promise<string> {
  const account = { id: newId(), phoneKey: newId(), roles: ['citizen' as const, 'owner' as const], atMs: Date.now() };
  await house.graph.write('accounts/ensure_phone', account);
  return house.app.get(Tokens).sign({ id: account.id, kind: 'citizen', roles: account.roles }, 600);
}

async function call<T>(method: string, path: string, more: { token?: string; body?: unknown } = {}) {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(more.token && { authorization: `Bearer ${more.token}` }) },
    ...(more.body !== undefined && { body: JSON.stringify(more.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
}

interface Made {
  id: string;
  code: string;
  url: string;
}

async function open(more: object = {}): Promise<Made> {
  const body = { name: 'Quán cơm Hoa Sen', kind: 'restaurant', setting: 'closed', ...more };
  return (await call<Made>('POST', '/venues', { token: owner, body })).body;
}

interface Paired {
  gateId: string;
  token: string;
  pairingUrl: string;
  pairingQr: string;
}

const pair = async (venue: string) =>
  (await call<Paired>('POST', `/venues/${venue}/gates`, { token: owner, body: { name: 'Cửa trước' } })).body;
const ticketOf = (url: string): string => url.split('#t=')[1]!;
const redeem = (ticket: string) => call<Paired & { type: string }>('POST', '/pairings', { body: { ticket } });

describe('a pairing link', () => {
  it('is exchanged for the token of its gate, and is dead then', async () => {
    const { id } = await open();
    const { gateId, pairingUrl } = await pair(id);
    const first = await redeem(ticketOf(pairingUrl));
    expect(first).toMatchObject({ status: 200, body: { gateId } });
    const hello = await askOver<Reply<Hello, string>>(house.connect(first.body.token), 'hello', {});
    expect(hello).toMatchObject({ ok: true, data: { venue: { id } } });
    expect(await redeem(ticketOf(pairingUrl))).toMatchObject({ status: 404, body: { type: 'ticket-unknown' } });
  });

  it('can be made again for a device that was lost, by its owner alone', async () => {
    const { id } = await open();
    const { gateId } = await pair(id);
    const path = `/venues/${id}/gates/${gateId}/pairing`;
    const again = await call<Paired>('POST', path, { token: owner });
    expect(await redeem(ticketOf(again.body.pairingUrl))).toMatchObject({ status: 200, body: { gateId } });
    expect((await call('POST', path, { token: stranger })).status).toBe(404);
  });

  it('opens nothing once its gate was removed', async () => {
    const { id } = await open();
    const { gateId, pairingUrl } = await pair(id);
    expect((await call('DELETE', `/venues/${id}/gates/${gateId}`, { token: owner })).status).toBe(204);
    expect((await redeem(ticketOf(pairingUrl))).status).toBe(404);
    expect((await call('POST', `/venues/${id}/gates/${gateId}/pairing`, { token: owner })).status).toBe(404);
  });

  it('that nobody made is refused by its form or because it is unknown', async () => {
    expect((await redeem('short')).status).toBe(422);
    expect((await redeem('A'.repeat(24))).status).toBe(404);
  });
});

describe('gates of many venues', () => {
  const helloOf = (token: string) => askOver<Reply<Hello, string>>(house.connect(token), 'hello', {});

  it('are made in one request, each with the token of its door', async () => {
    const [one, other] = [await open(), await open()];
    const gates = [{ venue: one.id }, { venue: other.id, name: 'Sau' }, { venue: one.id }];
    const made = await call<{ items: (Paired & { venue: string })[] }>('POST', '/gates', {
      token: owner,
      body: { gates },
    });
    expect(made.status).toBe(201);
    expect(made.body.items.map(({ venue }) => venue)).toEqual([one.id, other.id, one.id]);
    for (const { token, venue } of made.body.items) {
      expect(await helloOf(token)).toMatchObject({ ok: true, data: { venue: { id: venue } } });
    }
    const listed = await call<{ items: { name: string }[] }>('GET', `/venues/${other.id}/gates`, { token: owner });
    expect(listed.body.items.map(({ name }) => name)).toEqual(['Sau']);
  });

  it('are all refused when one venue is not the caller’s', async () => {
    const [mine, theirs] = [await open(), newId()];
    const gates = [{ venue: mine.id }, { venue: theirs }];
    const refused = await call<{ detail: string }>('POST', '/gates', { token: owner, body: { gates } });
    expect(refused).toMatchObject({ status: 404, body: { detail: expect.stringContaining(theirs) } });
    expect((await call('GET', `/venues/${mine.id}/gates`, { token: owner })).body).toEqual({ items: [] });
  });

  it('go out of use together, by their owner alone', async () => {
    const paired = [await pair((await open()).id), await pair((await open()).id)];
    const path = `/gates?ids=${paired.map(({ gateId }) => gateId).join()}`;
    expect((await call('DELETE', path, { token: stranger })).status).toBe(404);
    expect((await call('DELETE', `${path},${newId()}`, { token: owner })).status).toBe(404);
    expect(await helloOf(paired[1]!.token)).toMatchObject({ ok: true });
    expect((await call('DELETE', path, { token: owner })).status).toBe(204);
    for (const { pairingUrl } of paired) expect((await redeem(ticketOf(pairingUrl))).status).toBe(404);
  });
});

describe('a gate’s hello', () => {
  it('says what the door does with each colour, by the policy of its place', async () => {
    const { token } = await pair((await open()).id);
    const { data } = (await askOver(house.connect(token), 'hello', {})) as { data: Hello };
    expect(data.admission.red).toEqual({ decision: 'deny', instruction: 'send-to-desk' });
    expect(Object.keys(data.admission).sort()).toEqual(['green', 'grey', 'red', 'yellow']);
  });
});

describe('how full a venue is', () => {
  it('is told by zone, also of zones that nobody is in', async () => {
    const { id } = await open({ zones: ['Tầng 1', 'Tầng 2'], capacity: 40 });
    const { status, body } = await call('GET', `/venues/${id}/inside`, { token: owner });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { venue: id, inside: 0, capacity: 40, zones: { 'Tầng 1': 0, 'Tầng 2': 0 } },
    });
  });

  it('is told by hour: who came, and who left when somebody scanned it', async () => {
    const { id } = await open({ zones: ['A'] });
    const [eight, nine] = ['2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z'].map(Date.parse) as [number, number];
    await stays(id, [
      { in: eight + 1, out: nine + 1, zone: 'A', assumed: false },
      { in: eight + 2, out: nine + 2, zone: 'A', assumed: true },
      { in: nine + 3, out: nine + 4, zone: '', assumed: false },
    ]);
    const span = `from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z`;
    const { body } = await call<{ items: object[] }>('GET', `/venues/${id}/counts?${span}`, { token: owner });
    expect(body.items).toEqual([
      { hour: '2026-03-02T08:00:00.000Z', zone: 'A', entered: 2, left: 0 },
      { hour: '2026-03-02T09:00:00.000Z', zone: '', entered: 1, left: 1 },
      { hour: '2026-03-02T09:00:00.000Z', zone: 'A', entered: 0, left: 1 },
    ]);
  });

  it.each([
    ['a span that ends before it begins', 'from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z'],
    ['a span of a year', 'from=2025-03-02T00:00:00Z&to=2026-03-01T00:00:00Z'],
  ])('is not counted over %s', async (_, span) => {
    const { id } = await open();
    expect((await call('GET', `/venues/${id}/counts?${span}`, { token: owner })).status).toBe(422);
  });

  it('is nobody else’s to know', async () => {
    const { id } = await open();
    const span = `from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z`;
    for (const path of ['inside', `counts?${span}`, 'rotating-code']) {
      expect((await call('GET', `/venues/${id}/${path}`, { token: stranger })).status).toBe(404);
    }
  });
});

/** Folded stays of people of the test's own, as the presence worker leaves them. */
async function stays(venue: string, all: { in: number; out: number; zone: string; assumed: boolean }[]) {
  const key = `${venue}|20260302`;
  for (const one of all) {
    const person = await house.person();
    await house.graph['driver'].executeQuery(
      `MATCH (p:Person {id: $person}), (v:Venue {id: $venue}) MERGE (d:VenueDay {key: $key})-[:OF]->(v)
       SET d.day = '20260302'
       CREATE (p)-[:AT {id: $id, in: toInteger($in), out: toInteger($out), zone: $zone, assumed: $assumed, open: false, trust: 1.0}]->(d)`,
      { person, venue, key, id: newId(), ...one },
    );
  }
}

describe('the code of a venue', () => {
  it('names its place to everybody', async () => {
    const { code } = await open();
    expect(await call('GET', `/posters/${code}`)).toEqual({
      status: 200,
      body: { name: 'Quán cơm Hoa Sen', kind: 'restaurant' },
    });
    expect((await call('GET', '/posters/2222222222')).status).toBe(404);
  });

  it('on a screen is good for about a minute, and then no more', async () => {
    const { code } = await open();
    let atMs = Date.parse('2026-03-02T08:00:05Z');
    const codes = new RotatingCodes(house.app.get(Vault), () => atMs);
    const { suffix, expiresAt } = codes.now(code);
    expect(expiresAt).toBe('2026-03-02T08:00:30.000Z');
    const { rotating } = readVenueCode(`https://a.example/v/${code}${suffix}`)!;
    atMs += 80_000;
    expect(codes.isFresh(code, rotating!)).toBe(true);
    expect(codes.isFresh('another', rotating!)).toBe(false);
    atMs += 10_000;
    expect(codes.isFresh(code, rotating!)).toBe(false);
  });

  it('that was photographed from a screen checks nobody in', async () => {
    const { url } = await open();
    const body = { venueCode: `${url}/1-AAAAAAAAAAA`, direction: 'in' };
    expect(await call('POST', '/me/stays', { token: stranger, body })).toMatchObject({
      status: 422,
      body: { type: 'code-too-old' },
    });
  });
});
