import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { newId } from '../../../config/ids.js';
import { REDIS } from '../../../config/redis.js';
import { TraceNews } from '../../../src/trace-news.js';
import { TracedOver } from '../../../src/traced-over.js';
import { CaseBench } from './bench.js';

let bench: CaseBench;
let over: TracedOver;
beforeAll(async () => {
  bench = await CaseBench.open();
  over = new TracedOver(bench.app.get(REDIS));
});
afterAll(() => bench.close());

/** A case that nobody has asked to trace yet. */
async function waiting(): Promise<string> {
  const [person] = [...(await bench.people([newId()])).values()];
  const dates = { onset: Date.now(), sampledAt: null, isolatedAt: null, unit: null };
  const id = newId();
  await bench.graph.write('cases/create', { rows: [{ id, person: person!, ...dates }], atMs: Date.now() });
  return id;
}

const versionOf = async (id: string) => (await bench.graph.read('cases/by_ids', { ids: [id] }))[0]!.version;

/** Something that tracing reads of somebody has changed. */
async function changes(person: string): Promise<void> {
  const news = bench.app.get(TraceNews);
  const { note, write } = news.noteFor([], [person]);
  await bench.graph.writeAll([write]);
  await news.handOn([note]);
}

describe('a change of what is known of somebody', () => {
  it('touches the running traces that have read of them, and none that waits or has read of others', async () => {
    const [passer] = [...(await bench.people([newId()])).values()];
    const [reading, other, waits, ended] = await Promise.all([waiting(), waiting(), waiting(), waiting()]);
    const runs = new Map<string, string>();
    for (const id of [reading, other, ended]) runs.set(id, await over.begin(id));
    await over.note(runs.get(reading)!, [passer!]);
    await over.note(runs.get(ended)!, [passer!]);
    await over.note(runs.get(other)!, [newId()]);
    await over.end(ended, runs.get(ended)!);
    const all = [reading, other, waits, ended];
    const before = await Promise.all(all.map(versionOf));
    await changes(passer!);
    const after = await Promise.all(all.map(versionOf));
    expect(after.map((version, at) => version - before[at]!)).toEqual([1, 0, 0, 0]);
    for (const [id, run] of runs) await over.end(id, run);
    const left = await Promise.all([...runs.values()].map((run) => bench.app.get<Redis>(REDIS).keys(`*${run}*`)));
    expect(left.flat()).toEqual([]);
  });

  it('touches a case whose later run goes on when an overtaken one ends', async () => {
    const [passer] = [...(await bench.people([newId()])).values()];
    const id = await waiting();
    const [first, second] = [await over.begin(id), await over.begin(id)];
    await over.note(second, [passer!]);
    await over.end(id, first);
    const before = await versionOf(id);
    await changes(passer!);
    expect(await versionOf(id)).toBe(before + 1);
    await over.end(id, second);
  });

  it('touches the cases they are exposed to by the time it is handed on', async () => {
    const [contact] = [...(await bench.people([newId()])).values()];
    const id = await waiting();
    const before = await versionOf(id);
    const [from, at] = [Date.now() - 3_600_000, Date.now()];
    const row = {
      person: contact!,
      level: 1,
      via: 'x',
      venue: 'y',
      from,
      to: at,
      at,
      lastAt: at,
      minutes: 60,
      trust: 1,
    };
    await bench.graph.write('cases/expose', { id, generation: 0, rows: [{ ...row, dose: 1, encounters: '[]' }] });
    await changes(contact!);
    expect(await versionOf(id)).toBe(before + 1);
    await bench.call('POST', `cases/${id}/retract`, { body: { reason: 'test' } });
  });
});
