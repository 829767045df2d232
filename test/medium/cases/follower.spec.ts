import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import type { Graph } from '../../../graph/graph.js';
import { packKeep, packDrop } from '../../../src/streams.js';
import type { TraceNews } from '../../../src/trace-news.js';
import { Follower } from '../../../workers/trace/follower.js';
import { TracedOver } from '../../../src/traced-over.js';
import { noteFor } from '../../../graph/outbox.js';
import { Bench, type Shard } from '../presence/bench.js';

const hour = 3_600_000;
const start = Date.now() - 48 * hour;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open(200);
});
afterAll(() => bench.close());

/** A case whose contact is known, a follower of a shard of its own, and what it hands on. */
async function scene() {
  const shard = await bench.shard(Date.now());
  const [sick, contact, passer] = [shard.person(), shard.person(), shard.person()];
  const rows = [sick, contact, passer].map((person) => {
    return { id: person, key: 'none', sealed: 'none', nameKeys: '', verified: true, unit: null };
  });
  await bench.graph.write('people/create', { rows, atMs: 0 });
  const [id, shop, office] = [newId(), newId(), newId()];
  const stay = (person: string, venue: string, from: number, stayId = newId()) => {
    return { person, line: packKeep({ id: stayId, venue, zone: '', in: from, out: from + hour, trust: 1 }) };
  };
  await shard.append([stay(sick, shop, start), stay(contact, shop, start), stay(contact, office, start + 24 * hour)]);
  await bench.drain(shard);
  const dates = { onset: start, sampledAt: null, isolatedAt: null, unit: null };
  await bench.graph.write('cases/create', { rows: [{ id, person: sick, ...dates }], atMs: Date.now() });
  const witness = { via: sick, venue: shop, from: start, to: start + hour, lastAt: start + hour, at: start };
  const row = { person: contact, level: 1, ...witness, minutes: 60, dose: 60, trust: 1, encounters: '[]' };
  await bench.graph.write('cases/expose', { id, generation: 1, rows: [row] });
  await trace(id);
  return { shard, sick, contact, passer, id, shop, office, stay, ...following(shard, id) };
}

/** As the worker leaves a case behind. */
async function trace(id: string): Promise<void> {
  const [stored] = await bench.graph.read('cases/by_ids', { ids: [id] });
  const done = { id, version: stored!.version, counts: [1], closesAt: null, atMs: Date.now() };
  await bench.graph.write('cases/finish', done);
}

/** Only the case of this test stands, as far as the follower sees. */
function onlyOf(graph: Graph, id: string): Graph {
  const read = async (name: string, params: object) => {
    if (name === 'cases/open_ids') return [{ id }];
    return graph.read(name as 'cases/any_open', params as never);
  };
  return Object.assign(Object.create(graph) as Graph, { read });
}

function following(shard: Shard, id: string) {
  const told: string[] = [];
  const news = {
    noteFor: (cases: string[]) => noteFor('test', { cases }, Date.now()),
    handOnMarked: async (cases: string[]) => void told.push(...cases.filter((each) => each === id)),
  };
  const over = new TracedOver(bench.redis);
  let clock = Date.now();
  const tools = { graph: onlyOf(bench.graph, id), redis: bench.redis, over, now: () => clock };
  const open = () => new Follower(shard.shard, { ...tools, news: news as unknown as TraceNews });
  const follow = async (follower: Follower) => {
    for (; await follower.beat(););
    return told.splice(0);
  };
  return { open, follow, over, later: (ms: number) => (clock += ms) };
}

describe('changed stays', () => {
  it('are followed from where the follower began: until then every case is traced anew, once', async () => {
    const { open, follow, id } = await scene();
    const follower = open();
    expect(await follow(follower)).toEqual([id]);
    expect(await follow(follower)).toEqual([]);
    expect(await follow(open())).toEqual([]);
    const [stored] = await bench.graph.read('cases/by_ids', { ids: [id] });
    expect(stored!.version).toBe(stored!.tracedVersion! + 1);
  });

  it.each([
    ['of the case itself', 'sick', 'elsewhere', 0],
    ['of a contact', 'contact', 'elsewhere', 0],
    ['of somebody where the case was that day', 'passer', 'shop', 0],
    ['of somebody where a contact was after the exposure', 'passer', 'office', 24],
  ] as const)('%s touch the case', async (_, who, where, afterHours) => {
    const { open, follow, shard, stay, id, ...of } = await scene();
    const follower = open();
    await follow(follower);
    await trace(id);
    const venue = where === 'elsewhere' ? newId() : of[where];
    await shard.append([stay(of[who], venue, start + afterHours * hour)]);
    await bench.drain(shard);
    expect(await follow(follower)).toEqual([id]);
  });

  it('that were dropped touch the case their person belongs to', async () => {
    const { open, follow, shard, stay, id, contact, shop } = await scene();
    const stayId = newId();
    await shard.append([stay(contact, shop, start + hour, stayId)]);
    await bench.drain(shard);
    const follower = open();
    await follow(follower);
    await shard.append([{ person: contact, line: packDrop(stayId) }]);
    await bench.drain(shard);
    expect(await follow(follower)).toEqual([id]);
  });

  it('where no carrier has been touch nothing, before presence has folded them neither', async () => {
    const { open, follow, shard, stay, passer, shop } = await scene();
    const follower = open();
    await follow(follower);
    await shard.append([stay(passer, newId(), start), stay(passer, shop, start + 72 * hour)]);
    expect(await follow(follower)).toEqual([]);
    await bench.drain(shard);
    expect(await follow(follower)).toEqual([]);
  });

  it('touch a case that is being traced only where its trace has read already', async () => {
    const { open, follow, shard, stay, passer, id, over } = await scene();
    const follower = open();
    await follow(follower);
    const [read, unread] = [newId(), newId()];
    const [day] = stayDays(start);
    await over.begin(id);
    await over.note(id, { people: [], days: [`${read}|${day}`] });
    await bench.graph.write('cases/touch', { ids: [id], atMs: Date.now() });
    await shard.append([stay(passer, unread, start)]);
    await bench.drain(shard);
    expect(await follow(follower)).toEqual([]);
    await shard.append([stay(passer, read, start)]);
    await bench.drain(shard);
    expect(await follow(follower)).toEqual([id]);
  });

  it('that were trimmed away before they were looked at have every case traced anew', async () => {
    const { open, follow, shard, stay, passer, id, later } = await scene();
    const follower = open();
    await follow(follower);
    await shard.append([stay(passer, newId(), start)]);
    await bench.drain(shard);
    await bench.redis.xtrim(shard.stream, 'MAXLEN', 0);
    expect(await follow(open())).toEqual([]);
    await shard.append([stay(passer, newId(), start)]);
    await bench.drain(shard);
    await bench.redis.xtrim(shard.stream, 'MAXLEN', 0);
    await shard.append([stay(passer, newId(), start)]);
    await bench.drain(shard);
    later(10 * 60_000);
    expect(await follow(open())).toEqual([id]);
  });
});

const stayDays = (ms: number): string[] => [new Date(ms + 7 * hour).toISOString().slice(0, 10).replaceAll('-', '')];
