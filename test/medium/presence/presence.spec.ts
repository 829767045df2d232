import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { headcountKey, packDrop, packKeep } from '../../../src/streams.js';
import { Retention } from '../../../workers/presence/retention.js';
import { aScan, at } from '../../domain/stay/world.js';
import { Bench, folded, packed, type Shard } from './bench.js';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open(180);
});
afterAll(() => bench.close());

describe('stays kept by hand', () => {
  const stay = { id: newId(), venue: newId(), zone: 'a', in: at('10:00'), out: at('11:00'), trust: 0.7 };

  it('stand beside the folded ones, once however often they are told, with the last trust', async () => {
    const shard = await bench.shard();
    const person = shard.person();
    const scan = bench.here(aScan('in', '10:10'));
    await shard.append([...packed(person, [scan]), { person, line: packKeep(stay) }]);
    await bench.drain(shard);
    await shard.append([{ person, line: packKeep({ ...stay, trust: 0.9 }) }]);
    await bench.drain(shard);
    expect(await bench.stays(person)).toEqual([
      { ...stay, trust: 0.9, assumed: false, open: false },
      ...folded([scan]),
    ]);
  });

  it('are gone once dropped, also in the same batch', async () => {
    const shard = await bench.shard();
    const [one, other] = [shard.person(), shard.person()];
    const second = { ...stay, id: newId() };
    await shard.append([{ person: one, line: packKeep(stay) }]);
    await bench.drain(shard);
    await shard.append([
      { person: one, line: packDrop(stay.id) },
      { person: other, line: packKeep(second) },
      { person: other, line: packDrop(second.id) },
    ]);
    await bench.drain(shard);
    expect([await bench.stays(one), await bench.stays(other)]).toEqual([[], []]);
  });
});

describe('head counts', () => {
  const inside = async ({ shard }: Shard, venue: string) => {
    const text = await bench.redis.hget(headcountKey(shard), `${bench.tag}-${venue}`);
    return text === null ? {} : (JSON.parse(text) as { zones: Record<string, number> }).zones;
  };

  it('count who is in, by zone, and let go of who went out or whose assumed end has passed', async () => {
    const shard = await bench.shard(at('12:05'));
    const people = Array.from({ length: 3 }, shard.person);
    const enter = (i: number, zone: string) =>
      packed(people[i]!, [bench.here(aScan('in', '12:00', { zone, venue: 'HC' }))]);
    const worker = shard.worker();
    await shard.append([...enter(0, 'a'), ...enter(1, 'a'), ...enter(2, '')]);
    await worker.beat();
    expect(await inside(shard, 'HC')).toEqual({ a: 2, '': 1 });
    await shard.append(packed(people[0]!, [bench.here(aScan('out', '12:20', { zone: 'a', venue: 'HC' }))]));
    await worker.beat();
    expect(await inside(shard, 'HC')).toEqual({ a: 1, '': 1 });
    shard.setClock(at('13:01'));
    await worker.beat();
    expect(await inside(shard, 'HC')).toEqual({});
  });

  it('are the same after the worker started again', async () => {
    const shard = await bench.shard(at('12:05'));
    await shard.append(packed(shard.person(), [bench.here(aScan('in', '12:00', { venue: 'HD' }))]));
    await bench.drain(shard);
    await bench.redis.del(headcountKey(shard.shard));
    await shard.worker().beat();
    expect(await inside(shard, 'HD')).toEqual({ '': 1 });
  });
});

describe('retention', () => {
  /** Before everything that other files work with: the horizon counts for the whole graph. */
  const longAgo = (clock: string, day: number) => at(clock, day - 300);

  it('forgets old scans and stays, and what is folded afterwards is the same', async () => {
    const shard = await bench.shard(longAgo('12:00', 10));
    const person = shard.person();
    const scans = [0, 1, 2, 5, 9].flatMap((day) => [
      bench.here(aScan('in', '08:00', { at: longAgo('08:00', day) })),
      bench.here(aScan('out', '08:50', { at: longAgo('08:50', day) })),
    ]);
    await shard.append(packed(person, scans));
    await bench.drain(shard);
    const horizon = longAgo('12:00', 3);
    const [state] = await bench.graph.read('people/positions', { streams: [shard.stream] });
    await new Retention(shard.stream, shard.tools).run(state!.position, horizon);
    const late = bench.here(aScan('in', '09:00', { at: longAgo('09:00', 9) }));
    await shard.append(packed(person, [late]));
    await bench.drain(shard);
    const all = folded([...scans, late]).filter(({ out }) => out >= horizon);
    expect(await bench.stays(person)).toEqual(all);
    const days = await bench.graph.read('presence/scans_of', { person });
    expect(days.flatMap((day) => day.scans)).toHaveLength(5);
  });
});
