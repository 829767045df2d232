import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Socket } from 'socket.io-client';
import { newId } from '../../../config/ids.js';
import { REDIS } from '../../../config/redis.js';
import type { Answer, Hello, Reply } from '../../../src/events.js';
import { pushStream, snapshotKey, unpackPush, type Push } from '../../../src/streams.js';
import { openTown, type Town } from '../status/town.js';
import { askOver, minute, scanOf, until } from './house.js';

let town: Town;
let redis: Redis;
let door: { gate: string; venue: string; token: string };
let socket: Socket;

beforeAll(async () => {
  town = await openTown();
  redis = town.house.app.get<Redis>(REDIS);
  door = await town.house.gate('shop');
  socket = town.house.connect(door.token);
  await until(() => socket.connected);
});
afterAll(() => town.close());

async function scan(person: string, more: object = {}, via = socket): Promise<Answer> {
  const code = town.house.card(person, { fromMs: Date.now() - 120 * minute });
  const reply = await askOver<Reply<Answer, string>>(via, 'scan', scanOf(code, more));
  if (!reply.ok) throw new Error(reply.error);
  return reply.data;
}

/** Exposed an hour ago, and red for it; waits until the doors know. */
async function redPerson(): Promise<string> {
  const person = await town.house.person({ name: 'Trần Thị Bình' });
  await town.expose(person, { at: Date.now() - 60 * minute });
  await until(async () => (await redis.get(snapshotKey(0, person)))?.startsWith('2|'));
  return person;
}

async function redCardsOf(person: string): Promise<Push[]> {
  const entries = await redis.xrevrange(pushStream, '+', '-', 'COUNT', 200);
  const items = entries.flatMap(([, [, body = '']]) => unpackPush(body));
  return items.filter((item) => item.push === 'red-card' && item.person === person);
}

describe('a door', () => {
  it('lets in who is green and turns away who is red', async () => {
    expect(await scan(await town.house.person())).toMatchObject({ colour: 'green', decision: 'allow' });
    expect(await scan(await redPerson())).toMatchObject({
      colour: 'red',
      decision: 'deny',
      instruction: 'send-to-desk',
    });
  });

  it('never keeps a red person from going out', async () => {
    expect(await scan(await redPerson(), { direction: 'out' })).toMatchObject({ colour: 'red', decision: 'allow' });
  });

  it('tells officers of a red card shown now, and not of one shown hours ago or on the way out', async () => {
    const person = await redPerson();
    await scan(person, { scannedAt: new Date(Date.now() - 90 * minute).toISOString() });
    await scan(person, { direction: 'out' });
    const before = Date.now();
    await scan(person);
    const told = await until(async () => {
      const cards = await redCardsOf(person);
      return cards.length ? cards : undefined;
    });
    const { venue, gate } = door;
    expect(told).toEqual([{ push: 'red-card', person, venue, gate, unit: null, at: expect.any(Number) }]);
    expect((told[0] as { at: number }).at).toBeGreaterThanOrEqual(before);
  });

  it('opens again once the case is taken back', async () => {
    const person = await town.house.person();
    const exposing = await town.expose(person, { at: Date.now() - 60 * minute });
    await until(async () => (await scan(person)).colour === 'red');
    await town.retract(exposing);
    await until(async () => (await scan(person)).colour === 'green');
    expect(await scan(person)).toMatchObject({ decision: 'allow', instruction: 'let-in' });
  });

  it('knows the colour also when Redis has forgotten everything about the person', async () => {
    const person = await redPerson();
    await redis.del(snapshotKey(0, person));
    expect(await scan(person)).toMatchObject({ colour: 'red', decision: 'deny', displayName: 'T. T. Bình' });
  });

  it('knows it also when what waits in Redis cannot be read, and answers everybody else meanwhile', async () => {
    const [person, other] = [await redPerson(), await town.house.person()];
    await redis.set(snapshotKey(0, person), '2|sealed under secrets that are gone');
    const answers = await Promise.all([scan(person), scan(other)]);
    expect(answers.map(({ colour }) => colour)).toEqual(['red', 'green']);
  });

  it('judges by the policy of its own place, not by that of where the person lives', async () => {
    const person = await town.house.person();
    const elsewhere = await doorIn(await unitWithoutPolicy());
    expect(await scan(person, {}, elsewhere)).toMatchObject({ colour: 'grey', decision: 'unknown' });
    expect(await scan(person)).toMatchObject({ colour: 'green' });
  });

  it('is told at hello by which policy it will be judged, and that there is none where none speaks', async () => {
    const hello = await askOver<Reply<Hello, string>>(socket, 'hello', {});
    expect(hello).toMatchObject({ ok: true, data: { policy: { id: 'neutral', version: expect.any(String) } } });
    const elsewhere = await doorIn(await unitWithoutPolicy());
    expect(await askOver(elsewhere, 'hello', {})).toMatchObject({ ok: true, data: { policy: null } });
  });
});

/** A unit at the top of a country of its own. */
async function unitWithoutPolicy(): Promise<string> {
  const code = `t${newId().slice(0, 12)}`;
  await town.cypher("CREATE (:Unit {code: $code, name: 'Nowhere'})", { code });
  return code;
}

async function doorIn(unit: string): Promise<Socket> {
  const { venue, token } = await town.house.gate('shop');
  await town.cypher('MATCH (v:Venue {id: $venue}) SET v.unit = $unit', { venue, unit });
  const other = town.house.connect(token);
  await until(() => other.connected);
  return other;
}
