import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Socket } from 'socket.io-client';
import { LOG, type Logger } from '../../../config/log.js';
import { REDIS } from '../../../config/redis.js';
import { Vault } from '../../../config/vault.js';
import { DemoIssuer } from '../../../demo/issuer/issuer.js';
import { parseCode } from '../../../src/domain/codes/parse.js';
import type { IdentityCode } from '../../../src/domain/codes/identity-code.js';
import type { ScanReply } from '../../../src/events.js';
import { Newcomers } from '../../../src/gate/newcomers.js';
import { GateLog } from '../../../src/doubts/gate-log.js';
import { Refused } from '../../../src/gate/refused.js';
import { People } from '../../../src/people/people.service.js';
import { Registrations } from '../../../src/people/registration.service.js';
import { keyOf } from '../../../src/people/sealed.js';
import { factStream, newcomersKey, reservedKey, unpackFacts } from '../../../src/streams.js';
import { askOver, openHouse, scanOf, until, type House } from './house.js';

const dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-identity-'));
let house: House;
let redis: Redis;
let people: People;
let socket: Socket;

const scan = (code: string, via = socket, more: object = {}) => askOver<ScanReply>(via, 'scan', scanOf(code, more));

/** Numbers nobody else uses: the graph is shared with other tests. */
const digits = (count: number) => Array.from(randomBytes(count), (byte) => byte % 10).join('');
const idNumber = () => `0010${digits(8)}`;
const chip = (number: string, name = 'Nguyễn Văn An') => `${number}||${name}|18011993|Nam|Số 1, Hà Nội|01012022`;
const qr = (number: string, qid = digits(18)) => `${number}|NGUYEN VAN AN|1993-01-18|0|${qid}|<1<00<0123232422`;
const found = async (number: string) => (await people.find(`cccd:${number}`)).map(({ id }) => id);
const identity = (text: string) => parseCode(text) as IdentityCode;

/** Whose a scan is, as it became durable. */
async function ownerOf(scanId: string): Promise<string | undefined> {
  const entries = await redis.xrevrange(factStream(0), '+', '-', 'COUNT', 500);
  const facts = entries.flatMap(([, [, body = '']]) => unpackFacts(body));
  return facts.find(({ line }) => line.includes(scanId))?.person;
}

async function openDoor(of: House): Promise<Socket> {
  const opened = of.connect((await of.gate('shop')).token);
  await until(() => opened.connected);
  return opened;
}

beforeAll(async () => {
  house = await openHouse(dataDir);
  redis = house.app.get<Redis>(REDIS);
  people = house.app.get(People);
  socket = await openDoor(house);
  // A graph that has never been asked takes longer than a door waits for names.
  await until(async () => {
    const reply = await scan(chip(idNumber()));
    return reply.ok && reply.data.displayName !== '';
  }, 30_000);
});
afterAll(() => house.close());

describe('a paper of somebody nobody knows', () => {
  it('that says they are yet to be born makes a person of whom all else is known', async () => {
    const number = idNumber();
    expect(await scan(`${number}||Nguyễn Văn Mai|01012190|Nam|Số 1, Hà Nội|01012022`)).toMatchObject({ ok: true });
    const [person] = await people.find(`cccd:${number}`);
    expect(person!.fields).toMatchObject({ name: 'Nguyễn Văn Mai', gender: 'male' });
    expect(person!.fields.birthDate).toBeUndefined();
  });

  it('makes an unverified person, who is grey and counts like any other', async () => {
    const number = idNumber();
    const body = scanOf(chip(number));
    expect(await askOver<ScanReply>(socket, 'scan', body)).toEqual({
      ok: true,
      data: {
        decision: 'unknown',
        colour: 'grey',
        instruction: 'ask-for-details',
        direction: 'in',
        displayName: 'N. V. An',
        birthYear: 1993,
        gender: 'male',
        occupancy: 0,
      },
    });
    const [person, ...more] = await people.find(`cccd:${number}`);
    expect([person?.verified, more]).toEqual([false, []]);
    expect(await ownerOf(body.scanId)).toBe(person!.id);
  });

  it('goes in by one paper and out by another of the same number', async () => {
    const number = idNumber();
    const at = (minutesAgo: number) => ({ direction: 'auto', scannedAt: new Date(Date.now() - minutesAgo * 60_000).toISOString() }); // prettier-ignore
    const replies = [await scan(chip(number), socket, at(30)), await scan(qr(number), socket, at(10))];
    expect(replies.map((reply) => reply.ok && reply.data.direction)).toEqual(['in', 'out']);
    expect(await found(number)).toHaveLength(1);
  });

  it('is found by an insurance card too', async () => {
    const card = `DN4${digits(12)}|${Buffer.from('Lê Thị Bình').toString('hex')}|1990|2|-|79-034|01/01/2020|31/12/2099|$`;
    expect(await scan(card)).toMatchObject({ ok: true, data: { displayName: 'L. T. Bình', gender: 'female' } });
    expect(await people.find(`bhyt:${card.split('|')[0]}`)).toHaveLength(1);
  });

  it('makes one person of two gates at once, in one process and in two', async () => {
    const other = await openHouse(dataDir);
    const doors = [socket, await openDoor(house), await openDoor(other), await openDoor(other)];
    try {
      for (let round = 0; round < 15; round++) {
        const number = idNumber();
        const bodies = doors.map((_, at) => scanOf(at % 2 === 0 ? chip(number) : qr(number)));
        const replies = await Promise.all(doors.map((door, at) => askOver<ScanReply>(door, 'scan', bodies[at]!)));
        expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true]);
        const [person, ...more] = await found(number);
        expect(more).toEqual([]);
        const owners = await Promise.all(bodies.map(({ scanId }) => ownerOf(scanId)));
        expect(new Set(owners)).toEqual(new Set([person]));
      }
    } finally {
      await other.close();
    }
  });
});

describe('a paper of somebody who is known', () => {
  it('shows the colour and the name that are known, and changes nothing of them', async () => {
    const number = idNumber();
    const fields = { name: 'Nguyễn Văn An', identifiers: [{ system: 'cccd' as const, value: number }] };
    await house.app.get(Registrations).register([fields], { verified: true });
    expect(await scan(chip(number, 'Somebody Else'))).toMatchObject({
      ok: true,
      data: { colour: 'green', displayName: 'N. V. An' },
    });
    const [person] = await people.find(`cccd:${number}`);
    expect(person).toMatchObject({ version: 1, verified: true, fields });
  });
});

describe('while the graph is away', () => {
  const newcomers = () => house.app.get(Newcomers);
  const keysOf = ({ person }: IdentityCode) => person.identifiers.filter(({ system }) => system !== 'phone').map((each) => keyOf(house.app.get(Vault), each)); // prettier-ignore
  const drained = async () => {
    newcomers().onApplicationBootstrap();
    await until(async () => (await redis.llen(newcomersKey)) === 0);
  };

  it('everybody who reads a paper reserves the same person, who is made when it is back', async () => {
    const number = idNumber();
    const code = identity(chip(number));
    const reserved = await Promise.all([1, 2, 3].map(() => newcomers().reserve(keysOf(code), code.person)));
    expect(new Set(reserved).size).toBe(1);
    await drained();
    expect(await found(number)).toEqual([reserved[0]]);
  });

  it('somebody whom a gate met before is still themselves', async () => {
    const number = idNumber();
    await scan(chip(number));
    await scan(qr(number));
    const code = identity(chip(number));
    expect([await newcomers().reserve(keysOf(code), code.person)]).toEqual(await found(number));
  });

  it('a person of the same number turns out to be known: the two wait to be linked, and no scan is lost', async () => {
    const number = idNumber();
    const code = identity(chip(number));
    const reserved = await newcomers().reserve(keysOf(code), code.person);
    const [known] = await house.app.get(Registrations).register([code.person], { verified: true });
    await drained();
    expect(await found(number)).toEqual([(known as { person: string }).person]);
    expect(await people.get(reserved)).toMatchObject({
      verified: false,
      fields: { name: 'Nguyễn Văn An', identifiers: [] },
    });
  });

  it('what waits in Redis cannot be read', async () => {
    const number = idNumber();
    const code = identity(chip(number, 'Trần Thị Hồng Nhung'));
    await newcomers().reserve(keysOf(code), code.person);
    const waiting = (await redis.lrange(newcomersKey, 0, -1)).join();
    const keys = (await redis.keys('id:*')).join();
    expect(await redis.get(reservedKey(keysOf(code)[0]!))).toMatch(/^[0-9a-f]{24}$/);
    for (const secret of [number, 'Nhung', '1993-01-18']) expect(waiting + keys).not.toContain(secret);
    await drained();
  });
});

describe('a code that names nobody', () => {
  const issuer = new DemoIssuer({ fromMs: 0 });
  it.each([
    ['a certificate', issuer.issue({}, { issuedAt: 0, expiresAt: 1 }), 'no identity number'],
    ['a certificate cut short', issuer.issue({}, { issuedAt: 0, expiresAt: 1 }).slice(0, 120), 'cut short'],
    ['a personal QR with everything masked', '001*****9317|NGUYEN VAN A|1987-01-18|0||<1<00<0123232422', 'not masked'],
    ['an ID card cut short', chip(idNumber()).slice(0, 40), 'cut short'],
    ['a place', 'https://trail.example/v/abcd2345ef', 'code of a place'],
  ])('%s is refused with a way on', async (_what, code, words) => {
    const reply = await scan(code);
    expect(reply).toMatchObject({ ok: false, error: 'unknown-code' });
    expect(reply.ok ? '' : reply.message).toContain(words);
  });

  it('is kept in the gate’s log with its first characters hashed', () => {
    const facts: unknown[] = [];
    const log = { info: (fact: unknown) => facts.push(fact) } as unknown as Logger;
    const refused = new Refused(house.app.get(Vault), house.app.get(GateLog), log);
    const door = { gate: 'g', venue: 'v', unit: null };
    for (const code of ['ID 001093029317 A', 'ID 001093029317 B', 'other']) {
      refused.code(door, code, { error: 'unknown-code', message: '' });
    }
    expect(facts).toMatchObject([
      { fact: 'code-not-read', gate: 'g', venue: 'v', kind: 'unknown-code', length: 17 },
      {},
      {},
    ]);
    const [first, second, third] = facts.map((fact) => (fact as { start: string }).start);
    expect([first === second, first === third]).toEqual([true, false]);
    expect(JSON.stringify(facts)).not.toContain('00109');
    expect(house.app.get<Logger>(LOG)).toBeDefined();
  });
});
