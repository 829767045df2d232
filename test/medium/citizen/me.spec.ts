import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Tokens } from '../../../src/auth/tokens.js';
import type { IssuedCard } from '../../../src/people/cards.service.js';
import type { Answer, Reply } from '../../../src/events.js';
import { askOver, openHouse, scanOf, until, type House } from '../gate/house.js';

let house: House;
let sender: Server;
/** Codes that the service which sends them was handed, by phone. */
const sent = new Map<string, string>();

beforeAll(async () => {
  sender = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { phone, code } = JSON.parse(text) as { phone: string; code: string };
      sent.set(phone, code);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await until(() => sender.listening);
  process.env['OTP_SENDER'] = 'http';
  process.env['OTP_SENDER_URL'] = `http://127.0.0.1:${(sender.address() as AddressInfo).port}`;
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  sender.close();
});

interface Answered<T> {
  status: number;
  body: T;
}

async function call<T>(method: string, path: string, more: { token?: string; body?: unknown } = {}) {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(more.token !== undefined && { authorization: `Bearer ${more.token}` }),
    },
    ...(more.body !== undefined && { body: JSON.stringify(more.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T } satisfies Answered<T>;
}

/** Somebody who logs in with a phone of their own. */
async function logIn(): Promise<string> {
  const phone = `+849${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  expect((await call('POST', '/auth/otp', { body: { phone } })).status).toBe(202);
  const code = await until(() => sent.get(phone));
  const { body, status } = await call<{ token: string }>('POST', '/auth/otp/verify', { body: { phone, code } });
  expect(status).toBe(200);
  return body.token;
}

describe('a citizen', () => {
  it('logs in with a code that is good once', async () => {
    const phone = `+849${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
    await call('POST', '/auth/otp', { body: { phone } });
    const code = sent.get(phone)!;
    const wrong = code === '000000' ? '000001' : '000000';
    expect((await call('POST', '/auth/otp/verify', { body: { phone, code: wrong } })).status).toBe(401);
    expect((await call('POST', '/auth/otp/verify', { body: { phone, code } })).status).toBe(200);
    expect((await call('POST', '/auth/otp/verify', { body: { phone, code } })).status).toBe(401);
  });

  it('gets a card that a gate reads, always for the same person, grey until somebody vouches for them', async () => {
    const token = await logIn();
    expect(await call('GET', '/me/stays', { token })).toMatchObject({ status: 404, body: { type: 'no-person' } });
    const cards = [
      await call<IssuedCard>('GET', '/me/card', { token }),
      await call<IssuedCard>('GET', '/me/card', { token }),
    ];
    const door = await house.gate('shop');
    const socket = house.connect(door.token);
    await until(() => socket.connected);
    for (const { status, body } of cards) {
      expect(status).toBe(200);
      const reply = await askOver<Reply<Answer, string>>(socket, 'scan', scanOf(body.code));
      expect(reply).toMatchObject({ ok: true, data: { colour: 'grey', decision: 'unknown' } });
    }
    const own = await Promise.all([call('GET', '/me/export', { token }), call('GET', '/me/export', { token })]);
    expect(own[0]).toMatchObject({ status: 200, body: { person: { verified: false }, status: { colour: 'grey' } } });
    expect(own[1].body).toMatchObject({ person: (own[0].body as { person: object }).person });
  });

  it('takes along all that the pages show of them, and no officer', async () => {
    const token = await logIn();
    const { body: me } = await call<{ id: string }>('GET', '/me', { token });
    const officer = { id: 'tracer', kind: 'operator' as const, roles: ['tracer' as const] };
    const headers = {
      authorization: `Bearer ${await house.app.get(Tokens).sign(officer, 600)}`,
      'content-type': 'application/json',
      purpose: 'operation',
    };
    const body = JSON.stringify({
      kind: 'test',
      test: 'rapid',
      result: 'negative',
      sampledAt: new Date().toISOString(),
    });
    const told = await fetch(`${house.url}/api/v1/people/${me.id}/evidence`, { method: 'POST', headers, body });
    expect(told.status).toBe(201);
    const wrong = { about: 'colour', text: 'I was not there.' };
    expect((await call('POST', '/me/appeals', { token, body: wrong })).status).toBe(201);
    const { body: all } = await call<Record<string, unknown>>('GET', '/me/export', { token });
    for (const part of ['evidence', 'history', 'appeals', 'reads', 'stays']) {
      const { body: shown } = await call<{ items: object[] }>('GET', `/me/${part}`, { token });
      expect({ [part]: all[part] }).toEqual({ [part]: shown.items });
    }
    expect(all['evidence']).toHaveLength(1);
    expect(all['appeals']).toHaveLength(1);
  }, 30_000);

  it('checks in by the poster of a venue, as its address or its bare code', async () => {
    const token = await logIn();
    const { venue } = await house.gate('shop');
    for (const [venueCode, direction] of [
      [`https://example.org/v/${venue}`, 'in'],
      [venue, 'out'],
    ]) {
      const answer = await call<{ id: string }>('POST', '/me/stays', { token, body: { venueCode, direction } });
      expect([201, 202]).toContain(answer.status);
      expect(answer.body).toMatchObject({ venue: { id: venue, name: 'A place' }, direction });
    }
  }, 20_000);

  it('hears which input does not fit', async () => {
    const token = await logIn();
    const wrong = [
      { venueCode: 'nobody-knows-this', direction: 'in' },
      { venueCode: 'abcd', direction: 'sideways' },
      {},
    ];
    for (const body of wrong) {
      const answer = await call<{ errors: { path: string }[] }>('POST', '/me/stays', { token, body });
      expect(answer.status).toBe(422);
      expect(answer.body.errors[0]!.path).toMatch(/venueCode|direction/);
    }
  });
});
