import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Socket } from 'socket.io-client';
import { newId } from '../../../config/ids.js';
import { REDIS } from '../../../config/redis.js';
import { Vault } from '../../../config/vault.js';
import { Tokens } from '../../../src/auth/tokens.js';
import type { RedCard, Reply, Watched } from '../../../src/events.js';
import { redCardsKeptMs, tellRedCards } from '../../../src/red-card-news.js';
import { bodyField, packPush, pushStream, redCardsKey, snapshotKey, type RedCardNews } from '../../../src/streams.js';
import { connect } from '../../sockets.js';
import { openTown, type Town } from '../status/town.js';
import { askOver, minute, scanOf, until } from './house.js';

let town: Town;
let redis: Redis;
const sockets: Socket[] = [];
beforeAll(async () => {
  town = await openTown();
  redis = town.house.app.get<Redis>(REDIS);
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await town.close();
});

/** An officer's screen; it hears of red cards from `watch` on. */
async function officer(unit?: string) {
  const caller = { id: newId(), kind: 'operator' as const, roles: ['tracer' as const], ...(unit && { unit }) };
  const socket = await connect(town.house.url, '/officer', await town.house.app.get(Tokens).sign(caller, 600));
  sockets.push(socket);
  const heard: RedCard[] = [];
  socket.on('red-card', (card: RedCard) => heard.push(card));
  const watch = async (body: object = {}): Promise<RedCard[]> => {
    const reply = await askOver<Reply<Watched, string>>(socket, 'watch', body);
    if (!reply.ok) throw new Error(reply.error);
    return reply.data.redCards;
  };
  return { socket, heard, watch };
}

/** Somebody red shows their card at a door now. */
async function showsRed(): Promise<string> {
  const person = await town.house.person();
  await town.expose(person, { at: Date.now() - 60 * minute });
  await until(async () => (await redis.get(snapshotKey(0, person)))?.startsWith('2|'));
  const door = town.house.connect((await town.house.gate('shop')).token);
  await until(() => door.connected);
  const code = town.house.card(person, { fromMs: Date.now() - 120 * minute });
  await askOver(door, 'scan', scanOf(code));
  return person;
}

const aCard = (unit: string | null, at: number): RedCardNews => {
  return { push: 'red-card', person: newId(), venue: newId(), gate: newId(), unit, at };
};
const told = (...cards: RedCardNews[]) => tellRedCards(redis, town.house.app.get(Vault), cards, Date.now());
const of = (cards: RedCard[], person: string): RedCard[] => cards.filter((card) => card.person === person);

describe('a red card', () => {
  it('that was shown while an officer was away is in the next answer to `watch`, once', async () => {
    const [away, there] = [await officer(), await officer()];
    await Promise.all([away.watch(), there.watch()]);
    away.socket.disconnect();
    const person = await showsRed();
    await until(() => of(there.heard, person).length > 0);
    away.socket.connect();
    await until(() => away.socket.connected);
    expect(of(await away.watch(), person)).toEqual(of(there.heard, person));
    expect(of(there.heard, person)).toHaveLength(1);
    const later = await showsRed();
    await until(() => of(away.heard, later).length > 0);
    expect(of(away.heard, person)).toEqual([]);
  });

  it('is told to those who watch the unit of its place, and no longer than for some minutes', async () => {
    const [here, elsewhere] = [`u${newId().slice(0, 8)}`, `u${newId().slice(0, 8)}`];
    const nowMs = Date.now();
    const [own, everybodys, old] = [aCard(here, nowMs), aCard(null, nowMs), aCard(here, nowMs - redCardsKeptMs - 1)];
    await told(own, everybodys, old);
    const seen = async (unit?: string) => (await (await officer(unit)).watch()).map(({ person }) => person);
    expect(await seen(here)).toEqual(expect.arrayContaining([own.person, everybodys.person]));
    expect(await seen(here)).not.toContain(old.person);
    expect(await seen(elsewhere)).toContain(everybodys.person);
    expect(await seen(elsewhere)).not.toContain(own.person);
    expect(await seen()).toContain(own.person);
  });

  it('that the news did not bring is told once they may have been missed, and not again', async () => {
    const screen = await officer();
    await screen.watch();
    const [first, second, third] = [1, 2, 3].map((at) => aCard(null, Date.now() - at));
    await told(first!);
    await until(() => of(screen.heard, first!.person).length > 0);
    const lost = town.house.app.get(Vault).sealSnapshot(packPush([second!]));
    await redis.multi().xadd(redCardsKey, '*', bodyField, lost).del(pushStream).exec();
    await told(third!);
    await until(() => of(screen.heard, third!.person).length > 0);
    await until(() => of(screen.heard, second!.person).length > 0);
    for (const { person } of [first!, second!, third!]) expect(of(screen.heard, person)).toHaveLength(1);
  });

  it('lies in Redis sealed, and not for long', async () => {
    const card = aCard(null, Date.now());
    await told(card);
    const [[, [, body = '']] = ['', []]] = await redis.xrevrange(redCardsKey, '+', '-', 'COUNT', 1);
    expect(body).not.toContain(card.person);
    expect(await redis.pttl(redCardsKey)).toBeGreaterThan(0);
    expect(await redis.pttl(redCardsKey)).toBeLessThanOrEqual(redCardsKeptMs);
  });
});
