import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { followedId } from '../../src/positions.js';
import { packDrop } from '../../src/streams.js';
import {
  bench,
  closeStreet,
  folded,
  happens,
  isDue,
  keeperOf,
  openStreet,
  scene,
  shard,
  stay,
  traced,
  tracer,
} from './street.js';

beforeAll(openStreet);
afterAll(closeStreet);

/** A follower that has taken the case for settled. */
async function settled(id: string, { memory }: { memory: boolean }) {
  const keeper = await keeperOf(memory);
  await traced(id);
  const following = tracer(id, keeper);
  await following.follows();
  await traced(id);
  await following.follows();
  expect(await isDue(id)).toBe(false);
  return { ...following, keeper };
}

describe.each([
  ['in memory', true],
  ['in the graph', false],
])('stays %s that come to be', (_, memory) => {
  it('touch the case whose carriers they meet, and the one that their person carries', async () => {
    const { id, minh, lan, passer, shop, office } = await scene();
    const { follows } = await settled(id, { memory });
    for (const fact of [
      stay(lan, newId(), 5),
      stay(minh, newId(), 50),
      stay(passer, shop, 0),
      stay(passer, office, 48),
    ]) {
      await happens(fact);
      expect(await follows()).toBe(true);
      await traced(id);
      expect(await follows()).toBe(false);
    }
  }, 120_000);

  it('touch nothing where no carrier was, nor before they are folded', async () => {
    const { id, passer, shop } = await scene();
    const { follows } = await settled(id, { memory });
    await shard.append([stay(passer, newId(), 0), stay(passer, shop, 72)]);
    expect(await follows()).toBe(false);
    await bench.drain(shard);
    expect(await follows()).toBe(false);
  }, 60_000);

  it('while a case is traced are compared with what that finds, and not again with what had been folded before', async () => {
    const { id, passer, minh } = await scene();
    const { follows } = await settled(id, { memory });
    const home = newId();
    await happens(stay(minh, home, 50));
    expect(await follows()).toBe(true);
    const began = await folded();
    await happens(stay(passer, home, 50));
    // The case waits for being traced, so it is not touched again; but what is found may lack this stay.
    expect(await follows()).toBe(false);
    await traced(id, began);
    expect(await follows()).toBe(true);
    await traced(id);
    expect(await follows()).toBe(false);
    expect(await isDue(id)).toBe(false);
  }, 60_000);
});

describe('stays that cease to be', () => {
  it('touch the case they were a part of', async () => {
    const { id, hoa, passer, office } = await scene();
    const { follows } = await settled(id, { memory: true });
    const [there, elsewhere] = [newId(), newId()];
    await happens(stay(passer, office, 48, there), stay(hoa, newId(), 60, elsewhere));
    expect(await follows()).toBe(true);
    await traced(id);
    await follows();
    await happens({ person: hoa, line: packDrop(elsewhere) });
    expect(await follows()).toBe(false);
    await happens({ person: passer, line: packDrop(there) });
    expect(await follows()).toBe(true);
  }, 60_000);

  it('touch every case of their person, when nobody knows where they were', async () => {
    const { id, hoa } = await scene();
    const elsewhere = newId();
    await happens(stay(hoa, newId(), 60, elsewhere));
    const { follows } = await settled(id, { memory: false });
    await happens({ person: hoa, line: packDrop(elsewhere) });
    expect(await follows()).toBe(true);
  }, 60_000);
});

describe('who follows', () => {
  it('goes on where another ended, and has a case traced anew of which it is not known what changed under its trace', async () => {
    const { id, passer, shop } = await scene();
    const first = await settled(id, { memory: true });
    const began = await folded();
    await happens(stay(passer, newId(), 0), stay(passer, shop, 0));
    // The first dies without having looked.
    const second = tracer(id, await keeperOf(true));
    expect(await second.follows()).toBe(true);
    await traced(id, began);
    expect(await second.follows()).toBe(true);
    await traced(id);
    expect(await second.follows()).toBe(false);
    expect(await first.follows()).toBe(false);
  }, 60_000);

  it('is the last that began, until it is silent or leaves', async () => {
    const { id, passer, shop } = await scene();
    const first = await settled(id, { memory: true });
    const second = tracer(id, first.keeper);
    await second.follows();
    await happens(stay(passer, shop, 0));
    expect(await first.follows()).toBe(false);
    expect(await second.follows()).toBe(true);
    await first.follows();
    await second.follower.stop();
    await traced(id);
    await happens(stay(passer, shop, 0.1));
    expect(await first.follows()).toBe(true);
    await second.follows();
    second.later(60_000);
    await traced(id);
    await happens(stay(passer, shop, 0.2));
    expect(await second.follows()).toBe(true);
  }, 60_000);

  it('writes nothing once another has begun', async () => {
    const { id } = await scene();
    const { follower, follows, keeper } = await settled(id, { memory: true });
    const word = async () => (await bench.graph.read('people/positions', { streams: [followedId] }))[0]!.position;
    await tracer(id, keeper).follows();
    const theirs = await word();
    await follows();
    await follower.stop();
    expect(await word()).toBe(theirs);
  }, 60_000);

  it('has every case traced anew after the stream was lost with facts that nobody had looked at', async () => {
    const { id, passer } = await scene();
    const { follows } = await settled(id, { memory: false });
    await happens(stay(passer, newId(), 0));
    await bench.redis.del(shard.stream);
    expect(await follows()).toBe(true);
  }, 60_000);

  it('has every case traced anew after facts were trimmed away that nobody had looked at', async () => {
    const { id, passer } = await scene();
    const { follows, later, keeper } = await settled(id, { memory: false });
    await happens(stay(passer, newId(), 0));
    expect(await follows()).toBe(false);
    await happens(stay(passer, newId(), 0));
    await bench.redis.xtrim(shard.stream, 'MAXLEN', 0);
    await happens(stay(passer, newId(), 0));
    later(10 * 60_000);
    expect(await follows()).toBe(true);
    expect(await keeper.upToNow()).toMatchObject({ kept: undefined });
  }, 60_000);
});
