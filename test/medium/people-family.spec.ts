import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import { newId } from '../../config/ids.js';
import { SECRETS, type Secrets } from '../../config/secrets.js';
import { Tokens } from '../../src/auth/tokens.js';
import type { ScanReply } from '../../src/events.js';
import { connect } from '../sockets.js';
import { askOver, openHouse, scanOf, until, type House } from './gate/house.js';

let house: House;
let gate: Socket;
beforeAll(async () => {
  house = await openHouse();
  gate = house.connect((await house.gate('shop')).token);
});
afterAll(() => house.close());

const digits = (count: number) => Array.from(randomBytes(count), (byte) => byte % 10).join('');
const phoneNumber = () => `+849${digits(8)}`;
const scan = (code: string) => askOver<ScanReply>(gate, 'scan', scanOf(code));

interface Answer<T> {
  status: number;
  body: T;
}
async function call<T = { id: string }>(
  method: string,
  path: string,
  { body, token }: { body?: unknown; token?: string } = {},
): Promise<Answer<T>> {
  const desk = () => house.app.get(Tokens).sign({ id: newId(), kind: 'operator', roles: ['tracer'] }, 600);
  const response = await fetch(`${house.url}/api/v1/${path}`, {
    method,
    headers: {
      ...{ authorization: `Bearer ${token ?? (await desk())}`, purpose: 'care' },
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
}

const register = async (fields: object) => (await call('POST', 'people', { body: fields })).body.id;

/** Somebody whose phone was proven, logged in some time ago. */
async function citizen(agoMs = 0) {
  const account = { id: newId(), phoneKey: newId(), roles: ['citizen' as const], atMs: Date.now() };
  await house.graph.write('accounts/ensure_phone', account);
  const logIn = (ago: number) =>
    new Tokens(house.app.get<Secrets>(SECRETS), () => Date.now() - ago).sign(
      { id: account.id, kind: 'citizen', roles: ['citizen'] },
      3_600,
    );
  const token = await logIn(agoMs);
  await call('GET', 'me/card', { token });
  const { body } = await call<{ person: { id: string } }>('GET', 'me/export', { token });
  return { token, person: body.person.id, logIn };
}

/** What waits for a decision about these people; the graph is shared with tests that have other keys. */
async function repairsOf(people: string[]) {
  const all = { units: null, state: 'open' as const, kind: null, after: '', limit: 100_000 };
  const rows = await house.graph.read('repairs/list', all);
  return rows.filter((row) => row.people.some(({ id }) => people.includes(id)));
}

describe('a guardian', () => {
  it('tells of a child, and shows its card at a gate', async () => {
    const { token } = await citizen();
    const child = { name: 'Nguyễn Thị Bé', birthDate: '2015-06-01' };
    const { status, body } = await call('POST', 'me/dependants', { token, body: child });
    expect(status).toBe(201);
    const listed = await call<{ items: object[] }>('GET', 'me/dependants', { token });
    expect(listed.body.items).toEqual([{ id: body.id, ...child, colour: 'grey' }]);
    const card = await call<{ code: string }>('POST', `me/dependants/${body.id}/cards`, { token, body: {} });
    expect(await scan(card.body.code)).toMatchObject({ ok: true, data: { displayName: 'N. T. Bé', birthYear: 2015 } });
    expect((await call('GET', `me/dependants/${body.id}/status`, { token })).body).toMatchObject({ colour: 'grey' });
  });

  it('sees nobody else’s child', async () => {
    const [one, other] = [await citizen(), await citizen()];
    const { body } = await call('POST', 'me/dependants', { token: one.token, body: { name: 'Trần Văn Nhỏ' } });
    for (const path of ['cards', 'status']) {
      const [method, sent] = path === 'cards' ? ['POST', { body: {} }] : ['GET', {}];
      const refused = await call(method as string, `me/dependants/${body.id}/${path}`, {
        token: other.token,
        ...(sent as object),
      });
      expect(refused.status).toBe(404);
    }
  });

  it('cannot take somebody who is known by a paper: a desk that sees both does', async () => {
    const { token, person } = await citizen();
    const identifiers = [{ system: 'cccd', value: `0790${digits(8)}` }];
    const mother = await register({ identifiers, name: 'Lê Thị Già' });
    const taken = await call('POST', 'me/dependants', { token, body: { identifiers, name: 'Lê Thị Già' } });
    expect(taken).toMatchObject({ status: 409, body: { type: expect.stringMatching(/known-already$/) } });
    expect((await call('POST', `people/${person}/dependants`, { body: { person: mother } })).status).toBe(204);
    const card = await call<{ code: string }>('POST', `me/dependants/${mother}/cards`, { token, body: {} });
    expect(await scan(card.body.code)).toMatchObject({ ok: true, data: { displayName: 'L. T. Già' } });
    expect((await call('DELETE', `people/${person}/dependants/${mother}`)).status).toBe(204);
    expect((await call('POST', `me/dependants/${mother}/cards`, { token, body: {} })).status).toBe(404);
  });

  it('is not one’s own dependant', async () => {
    const person = await register({ name: 'Phạm Văn Một', identifiers: [{ system: 'import', value: newId() }] });
    expect((await call('POST', `people/${person}/dependants`, { body: { person } })).status).toBe(409);
  });
});

describe('a phone number that several people share', () => {
  it('leads to all of them, and makes nobody of two', async () => {
    const phone = phoneNumber();
    const names = ['Đỗ Văn Cha', 'Đỗ Thị Mẹ', 'Đỗ Văn Con'];
    const people = await Promise.all(
      names.map((name) => register({ name, phone, identifiers: [{ system: 'import', value: newId() }] })),
    );
    expect(new Set(people).size).toBe(3);
    const path = `people?identifier=${encodeURIComponent(`phone:${phone}`)}`;
    const { body } = await call<{ items: { id: string; name: string }[] }>('GET', path);
    expect(body.items.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(await repairsOf(people)).toEqual([]);
  });
});

describe('a lost phone', () => {
  it('is cut off at once, and cannot come back; a new log-in can', async () => {
    const { token, person, logIn } = await citizen(60_000);
    const screen = await connect(house.url, '/citizen', token);
    let isCut = false;
    screen.on('disconnect', () => (isCut = true));
    const { body } = await call<{ signedOut: number }>('POST', `people/${person}/lost`, { body: { phone: true } });
    expect(body.signedOut).toBe(1);
    await until(() => isCut);
    screen.disconnect();
    await expect(connect(house.url, '/citizen', token)).rejects.toThrow('unauthorized');
    expect((await call('GET', 'me/card', { token })).status).toBe(401);
    const again = await connect(house.url, '/citizen', await logIn(-2_000));
    expect(again.connected).toBe(true);
    again.disconnect();
  });

  it('is cut off by its owner from another phone, which goes on', async () => {
    const { token: lost, logIn } = await citizen(60_000);
    const token = await logIn(0);
    const [old, own] = await Promise.all([connect(house.url, '/citizen', lost), connect(house.url, '/citizen', token)]);
    let isCut = false;
    old.on('disconnect', () => (isCut = true));
    expect((await call('POST', 'me/lost-phone', { token })).status).toBe(200);
    await until(() => isCut);
    expect(own.connected).toBe(true);
    expect((await call('GET', 'me/card', { token })).status).toBe(200);
    for (const screen of [old, own]) screen.disconnect();
  });
});

describe('cards for many people', () => {
  const issue = (people: string[]) => call<{ items: { person: string; code: string }[] }>('POST', 'cards', { body: { people } }); // prettier-ignore
  const known = async () => {
    const value = newId();
    return { value, id: await register({ name: 'Lê Văn Lớp', identifiers: [{ system: 'import', value }] }) };
  };

  it('are issued in the order of those they are for, however these are named, and gates read them', async () => {
    const [first, second] = [await known(), await known()];
    const { status, body } = await issue([`import:${second.value}`, first.value, second.id]);
    expect(status).toBe(201);
    expect(body.items.map(({ person }) => person)).toEqual([second.id, first.id, second.id]);
    expect(new Set(body.items.map(({ code }) => code)).size).toBe(3);
    for (const { code } of body.items) expect(await scan(code)).toMatchObject({ ok: true });
  });

  it('are issued to nobody when one of them is unknown, or several answer to one text', async () => {
    const { value, id } = await known();
    expect(await issue([value, 'nobody-known-so'])).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('nobody-known-so') },
    });
    const phone = { system: 'phone', value: phoneNumber() };
    for (const name of ['Một', 'Hai']) {
      await register({ name, identifiers: [phone, { system: 'import', value: newId() }] });
    }
    expect((await issue([value, `phone:${phone.value}`])).status).toBe(409);
    expect((await call('GET', `people/${id}/cards`)).body).toEqual({ items: [] });
    expect((await issue([])).status).toBe(422);
  });
});

describe('a lost card', () => {
  it('is refused at every gate, and replaced', async () => {
    const person = await register({ name: 'Hồ Văn Quên', identifiers: [{ system: 'import', value: newId() }] });
    const card = async () => (await call<{ code: string }>('POST', `people/${person}/cards`, { body: { kind: 'printed' } })).body.code; // prettier-ignore
    const lost = [await card(), await card()];
    expect(await scan(lost[0]!)).toMatchObject({ ok: true });
    const { body } = await call<{ revoked: string[]; card: { code: string } }>('POST', `people/${person}/lost`, {
      body: { cards: true },
    });
    expect(body.revoked).toHaveLength(2);
    for (const code of lost) {
      const refused = (reply: ScanReply) => !reply.ok && reply.error === 'revoked-code';
      await until(async () => refused(await scan(code)));
    }
    expect(await scan(body.card.code)).toMatchObject({ ok: true });
  });
});

describe('a number that is known, under another name at a gate', () => {
  const chip = (number: string, name: string) => `${number}||${name}|18011993|Nam|Số 1, Hà Nội|01012022`;
  it('waits for somebody to decide, once, and changes nobody', async () => {
    const number = `0010${digits(8)}`;
    const known = { name: 'Nguyễn Văn An', birthDate: '1993-01-18' };
    const person = await register({ ...known, identifiers: [{ system: 'cccd', value: number }] });
    expect(await scan(chip(number, 'Nguyễn Văn An'))).toMatchObject({ ok: true });
    for (let times = 0; times < 2; times++) {
      expect(await scan(chip(number, 'Trần Thị Bích'))).toMatchObject({ ok: true, data: { displayName: 'N. V. An' } });
    }
    const [repair, ...others] = await until(async () => {
      const found = await repairsOf([person]);
      return found.length > 0 ? found : undefined;
    });
    expect(others).toEqual([]);
    const { body } = await call<object>('GET', `repairs/${repair!.id}`);
    expect(body).toMatchObject({
      kind: 'conflict',
      record: { name: 'Trần Thị Bích' },
      reasons: [{ verdict: 'mismatched', fields: ['name'] }],
    });
    expect((await call<object>('GET', `people/${person}`)).body).toMatchObject(known);
  });

  it('is decided by one of two officers at once: what the other said changes nothing', async () => {
    for (let times = 0; times < 3; times++) {
      const [identifiers, phone] = [[{ system: 'cccd', value: `0010${digits(8)}` }], phoneNumber()];
      const person = await register({ name: 'Nguyễn Văn An', identifiers });
      const body = { name: 'Trần Thị Bích', phone, identifiers };
      const { repair } = (await call<{ repair: string }>('POST', 'people', { body })).body;
      const decide = (decided: object) =>
        call<{ person: string }>('POST', `repairs/${repair}/decide`, { body: decided });
      const answers = await Promise.all([decide({ decision: 'new' }), decide({ decision: 'link', person })]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const path = `people?identifier=${encodeURIComponent(`phone:${phone}`)}`;
      const { items } = (await call<{ items: { id: string }[] }>('GET', path)).body;
      expect(items.map(({ id }) => id)).toEqual([answers.find(({ status }) => status === 200)!.body.person]);
    }
  });
});
