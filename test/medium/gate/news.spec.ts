import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Socket } from 'socket.io-client';
import type { Clock } from '../../../config/clock.js';
import { newId } from '../../../config/ids.js';
import { REDIS } from '../../../config/redis.js';
import { unpackLine } from '../../../src/domain/stay/packed.js';
import type { Hello, Reply } from '../../../src/events.js';
import { Recent } from '../../../src/gate/recent.js';
import { Undo } from '../../../src/gate/undo.js';
import { bodyField, headcountKey, packPush, pushStream, type Push } from '../../../src/streams.js';
import { askOver, codeOfSomebody, linesOf, minute, openHouse, scanOf, until, type House } from './house.js';

let house: House;
let redis: Redis;
let socket: Socket;
let door: Awaited<ReturnType<House['gate']>>;

const ask = <T>(event: string, body: unknown, via = socket) => askOver<T>(via, event, body);
const somebody = () => codeOfSomebody(house);
const factsOf = (scanId: string) => linesOf(redis, scanId);

const tell = (news: Push) => redis.xadd(pushStream, '*', bodyField, packPush([news]));

beforeAll(async () => {
  house = await openHouse();
  redis = house.app.get<Redis>(REDIS);
  door = await house.gate('shop', ['hall']);
  socket = house.connect(door.token);
  await until(() => socket.connected);
});
afterAll(() => house.close());

describe('an undo', () => {
  it('takes back a scan of the last two minutes', async () => {
    const scan = scanOf(await somebody());
    await ask('scan', scan);
    expect(await ask('undo', { scanId: scan.scanId })).toEqual({ ok: true, data: { undone: true } });
    const lines = await factsOf(scan.scanId);
    expect(lines.map((line) => Object.keys(unpackLine(line))[0])).toEqual(['undo', 'scan']);
  });

  it.each([
    ['by the process that took the scan', false],
    ['by another process', true],
  ])('is taken for two minutes and not a moment longer, %s', async (_who, isAnother) => {
    const moved = jest.spyOn(house.app.get(Undo) as unknown as { now: Clock }, 'now');
    const recent = jest.spyOn(house.app.get(Recent), 'get');
    try {
      for (const [lateMs, answer] of [
        [0, { ok: true }],
        [1, { ok: false, error: 'too-late' }],
      ] as const) {
        const scan = scanOf(await somebody());
        await ask('scan', scan);
        const read = unpackLine((await factsOf(scan.scanId))[0]!);
        const receivedAt = 'scan' in read ? read.scan.receivedAt : NaN;
        moved.mockImplementation(() => receivedAt + 2 * minute + lateMs);
        if (isAnother) recent.mockReturnValueOnce(undefined);
        expect(await ask('undo', { scanId: scan.scanId })).toMatchObject(answer);
        expect(await factsOf(scan.scanId)).toHaveLength(answer.ok ? 2 : 1);
      }
    } finally {
      moved.mockRestore();
      recent.mockRestore();
    }
  });

  it('of a scan of another gate is too late, for there is none', async () => {
    const other = await house.gate();
    const theirs = house.connect(other.token);
    await until(() => theirs.connected);
    const scan = scanOf(await somebody());
    await ask('scan', scan, theirs);
    expect(await ask('undo', { scanId: scan.scanId })).toMatchObject({ ok: false, error: 'too-late' });
  });
});

describe('a gate that says hello', () => {
  it('gets all that it decides with while offline', async () => {
    const reply = await ask<Reply<Hello, string>>('hello', {});
    expect(reply).toMatchObject({
      ok: true,
      data: { venue: { id: door.venue, kind: 'shop', capacity: 50 }, zones: ['hall'], inside: 0, keys: [{ id: 1 }] },
    });
    expect(JSON.stringify(reply)).not.toContain('"d":');
  });

  it('hears of head counts and of revoked cards, which are refused from then on', async () => {
    const heard: Record<string, unknown> = {};
    const person = await house.person();
    const card = newId();
    socket.once('headcount', (news: unknown) => (heard['headcount'] = news));
    // Other tests take cards back meanwhile, which every gate hears of.
    socket.on('revoked', (news: { cards: string[] }) => news.cards.includes(card) && (heard['revoked'] = news));
    const code = house.card(person, { id: card });
    await house.graph.write('people/revoke_card', { card, atMs: Date.now() });
    await tell({ push: 'revoked', cards: [card], atMs: Date.now() });
    await redis.hset(headcountKey(0), door.venue, JSON.stringify({ zones: { hall: 3 } }));
    await tell({ push: 'headcount', shard: 0, venue: door.venue, zones: { hall: 3 } });
    await until(() => heard['headcount'] && heard['revoked']);
    expect(heard).toEqual({
      revoked: { cards: [card] },
      headcount: { venue: door.venue, zones: { hall: 3 }, inside: 3, capacity: 50 },
    });
    expect(await ask('scan', scanOf(code))).toMatchObject({ ok: false, error: 'revoked-code' });
    const { data } = await ask<{ data: Hello }>('hello', {});
    expect(data).toMatchObject({ inside: 3, revoked: expect.arrayContaining([card]) });
  });

  it('of a card that was good when the guard decided offline, the scan stays', async () => {
    const card = newId();
    const code = house.card(await house.person(), { id: card });
    const scannedAt = new Date(Date.now() - 500).toISOString();
    await tell({ push: 'revoked', cards: [card], atMs: Date.now() });
    await until(async () =>
      ((await ask<Reply<Hello, string>>('hello', {})) as { data: Hello }).data.revoked.includes(card),
    );
    expect(await ask('scan', scanOf(code, { scannedAt, decided: 'allow' }))).toMatchObject({ ok: true });
  });
});

describe('the handshake', () => {
  it.each([
    ['no token', undefined],
    ['a token that is no text', { a: 1 }],
    ['a text that is no token', 'x.y.z'],
  ])('with %s is refused', async (_what, token) => {
    const refused = house.connect(token);
    const error = await new Promise<{ data?: { code?: string } }>((resolve) =>
      refused.once('connect_error', resolve as never),
    );
    expect(error.data?.code).toBe('unauthorized');
  });

  it('of many gates at once lets each in at its own door, and none that was removed', async () => {
    const doors = await Promise.all(Array.from({ length: 20 }, (_, at) => house.gate('shop', [`hall ${at}`])));
    const removed = doors.splice(7, 1)[0]!;
    await house.graph.write('venues/remove_gates', { gates: [removed.gate], atMs: Date.now() });
    const refused = house.connect(removed.token);
    const error = new Promise<{ data?: { code?: string } }>((resolve) =>
      refused.once('connect_error', resolve as never),
    );
    const hellos = await Promise.all(
      doors.map(({ token }) => ask<Reply<Hello, string>>('hello', {}, house.connect(token))),
    );
    expect(hellos.map((hello) => hello.ok && hello.data.venue.id)).toEqual(doors.map(({ venue }) => venue));
    expect((await error).data?.code).toBe('unauthorized');
  });

  it('of a gate that was removed is refused, and its open socket is closed', async () => {
    const other = await house.gate();
    const theirs = house.connect(other.token);
    await until(() => theirs.connected);
    await house.graph.write('venues/remove_gates', { gates: [other.gate], atMs: Date.now() });
    await tell({ push: 'gate-removed', gate: other.gate });
    await until(() => !theirs.connected);
    const again = house.connect(other.token);
    const error = await new Promise<{ data?: { code?: string } }>((resolve) =>
      again.once('connect_error', resolve as never),
    );
    expect(error.data?.code).toBe('unauthorized');
  });
});
