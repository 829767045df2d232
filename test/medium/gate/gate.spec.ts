import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import type { Socket } from 'socket.io-client';
import { newId } from '../../../config/ids.js';
import { REDIS } from '../../../config/redis.js';
import { unpackLine } from '../../../src/domain/stay/packed.js';
import type { Answer, Reply, ScanReply } from '../../../src/events.js';
import { askOver, codeOfSomebody, linesOf, minute, openHouse, scanOf, until, type House } from './house.js';

let house: House;
let redis: Redis;
let socket: Socket;
let door: Awaited<ReturnType<House['gate']>>;

const ask = <T>(event: string, body: unknown, via = socket) => askOver<T>(via, event, body);
const somebody = () => codeOfSomebody(house);
const factsOf = (scanId: string) => linesOf(redis, scanId);

beforeAll(async () => {
  house = await openHouse();
  redis = house.app.get<Redis>(REDIS);
  door = await house.gate('shop', ['hall']);
  socket = house.connect(door.token);
  await until(() => socket.connected);
});
afterAll(() => house.close());

describe('a scan', () => {
  it('is answered with what venue staff may see, and nothing else', async () => {
    const code = await somebody();
    // A graph that has just started may take longer with a new face than a door waits.
    const reply = await until(async () => {
      const told = await ask<Reply<Answer, string>>('scan', scanOf(code));
      return told.ok && told.data.colour !== 'grey' ? told : undefined;
    });
    expect(reply).toEqual({
      ok: true,
      data: {
        decision: 'allow',
        colour: 'green',
        instruction: 'let-in',
        direction: 'in',
        displayName: 'N. V. An',
        birthYear: 1990,
        gender: 'male',
        occupancy: 0,
      },
    });
  });

  it('is durable before it is answered, with the venue as it is and both instants', async () => {
    const scan = scanOf(await somebody(), { zone: 'hall' });
    await ask('scan', scan);
    const [line = ''] = await factsOf(scan.scanId);
    expect(unpackLine(line)).toMatchObject({
      scan: {
        gate: door.gate,
        venue: door.venue,
        kind: 'shop',
        zone: 'hall',
        at: Date.parse(scan.scannedAt),
        trust: 1,
      },
    });
  });

  it('told again hears the same again and is stored once', async () => {
    const scan = scanOf(await somebody());
    const first = await ask('scan', scan);
    expect(await ask('scan', scan)).toEqual(first);
    expect(await factsOf(scan.scanId)).toHaveLength(1);
  });

  it('told twice at once is stored once', async () => {
    const scan = scanOf(await somebody());
    const [first, second] = await Promise.all([ask('scan', scan), ask('scan', scan)]);
    expect(first).toEqual(second);
    expect(await factsOf(scan.scanId)).toHaveLength(1);
  });

  it('that leaves it open goes in first and out afterwards', async () => {
    const code = house.card(await house.person(), { fromMs: Date.now() - 60 * minute });
    const directions = [];
    // The last one is the same code shown again: it changes nothing, and is not answered as if it did.
    for (const secondsAgo of [600, 300, 290]) {
      const at = new Date(Date.now() - secondsAgo * 1_000 - 1_000).toISOString();
      const reply = await ask<ScanReply>('scan', scanOf(code, { direction: 'auto', scannedAt: at }));
      directions.push(reply.ok && reply.data.direction);
    }
    expect(directions).toEqual(['in', 'out', 'out']);
  });

  it('of somebody whose record is gone shows no name and is still kept', async () => {
    const reply = await ask<ScanReply>('scan', scanOf(house.card(newId())));
    expect(reply).toMatchObject({ ok: true, data: { displayName: '', decision: 'unknown' } });
  });

  it.each([
    ['a day old', 'taken', -24 * 60 * minute, true],
    ['22 days old', 'refused as too old', -22 * 24 * 60 * minute, 'too-old'],
    ['4 minutes ahead', 'taken', 4 * minute, true],
    ['6 minutes ahead', 'refused as in the future', 6 * minute, 'in-future'],
  ])('%s is %s', async (_age, _fate, offset, fate) => {
    const at = Date.now() + offset;
    const code = house.card(await house.person(), { fromMs: at - minute });
    const reply = await ask<ScanReply>('scan', scanOf(code, { scannedAt: new Date(at).toISOString() }));
    expect(reply.ok || reply.error).toBe(fate);
  });

  it.each([
    ['a text nobody knows', 'unknown-code', () => 'hello there'],
    ['a card with a wrong tag', 'unknown-code', () => `${house.card(newId()).slice(0, -110)}${'A'.repeat(110)}`],
    ['the poster of a venue', 'unknown-code', () => 'https://trail.example/v/abcd2345ef'],
    [
      'a card that ran out two minutes ago',
      'expired-code',
      () => house.card(newId(), { fromMs: Date.now() - 3 * minute, lifeMs: minute }),
    ],
  ])('of %s is answered with %s', async (_what, error, code) => {
    const reply = await ask<ScanReply>('scan', scanOf(code()));
    expect(reply.ok || reply.error).toBe(error);
  });

  it('of a rotating card that has just run out is taken, for clocks differ', async () => {
    const code = house.card(await house.person(), { kind: 'rotating', fromMs: Date.now() - 70_000, lifeMs: minute });
    expect(await ask('scan', scanOf(code))).toMatchObject({ ok: true });
  });

  it('that the guard decided while offline keeps the decision, and that it was forced', async () => {
    const scan = scanOf(await somebody(), { decided: 'deny', force: true });
    await ask('scan', scan);
    const [line = ''] = await factsOf(scan.scanId);
    expect(unpackLine(line)).toMatchObject({ scan: { decided: 'deny', force: true } });
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', undefined],
    ['a text', 'scan'],
    ['no scanId', { code: 'x', direction: 'in', scannedAt: new Date().toISOString() }],
    ['an unknown field', { ...scanOf('x'), colour: 'green' }],
    ['an instant that is none', { ...scanOf('x'), scannedAt: 'yesterday' }],
    ['a direction that is none', { ...scanOf('x'), direction: 'up' }],
  ])('%s is a bad request that says where, and the socket goes on working', async (_what, body) => {
    const reply = await ask<ScanReply>('scan', body);
    expect(reply).toMatchObject({ ok: false, error: 'bad-request' });
    expect(reply.ok || (reply.details ?? []).length).toBeGreaterThan(0);
    expect(await ask('hello', {})).toMatchObject({ ok: true });
  });

  it('any JSON at all is answered on every request', async () => {
    const body = fc.jsonValue();
    const event = fc.constantFrom('scan', 'scans', 'undo', 'hello', 'toString', '__proto__', 'anything');
    await fc.assert(
      fc.asyncProperty(event, body, async (name, value) => {
        expect(await ask<ScanReply>(name, value)).toHaveProperty('ok');
      }),
      { numRuns: 150 },
    );
  });

  it('a list of more than 500 scans is refused as a whole', async () => {
    const list = Array.from({ length: 501 }, () => scanOf('x'));
    expect(await ask('scans', list)).toMatchObject({ ok: false, error: 'bad-request' });
  });

  it('a frame of more than 5 MB ends the connection, and the next one works', async () => {
    const other = house.connect(door.token);
    await until(() => other.connected);
    other.emit('scan', 'x'.repeat(6 * 1024 * 1024));
    await until(() => other.disconnected || !other.connected);
    await until(() => other.connected);
    expect(await ask('hello', {}, other)).toMatchObject({ ok: true });
  });
});

describe('an offline queue', () => {
  it('of 500 scans is answered in order, a bad one among them alone', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, somebody));
    const list: unknown[] = Array.from({ length: 500 }, (_, at) => scanOf(codes[at % 20]!, { decided: 'allow' }));
    list[250] = { nonsense: true };
    const reply = await ask<Reply<ScanReply[], string>>('scans', list);
    const answers = reply.ok ? reply.data : [];
    expect(answers).toHaveLength(500);
    expect(answers.flatMap((answer, at) => (answer.ok ? [] : [at]))).toEqual([250]);
  });
});
