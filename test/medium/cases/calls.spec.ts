import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import { newId } from '../../../config/ids.js';
import { Tokens } from '../../../src/auth/tokens.js';
import type { ToCall } from '../../../src/domain/call.js';
import type { Board, CalledShown } from '../../../src/events.js';
import { connect } from '../../sockets.js';
import { until } from '../gate/house.js';
import { CaseBench } from './bench.js';

const minute = 60_000;
const hour = 60 * minute;

let bench: CaseBench;
const sockets: Socket[] = [];
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await bench.close();
});

/** A case of a unit of its own who met one person for an hour and another for half of it; the first met a third. */
async function story() {
  const unit = `u${newId().slice(0, 8)}`;
  const names = ['sick', 'long', 'short', 'deeper'].map((name) => `${unit}-${name}`);
  const people = await bench.people(names, unit);
  const [sick, long, short, deeper] = names.map((name) => people.get(name)!) as [string, string, string, string];
  const start = Date.now() - 72 * hour;
  const stay = (person: string, venue: string, from: number, minutes: number) => {
    return { person, venue: `${unit}-${venue}`, zone: '', in: from, out: from + minutes * minute, trust: 1 };
  };
  await bench.stay([
    stay(sick, 'hall', start, 60),
    stay(long, 'hall', start, 60),
    stay(short, 'hall', start, 30),
    stay(long, 'office', start + 30 * hour, 60),
    stay(deeper, 'office', start + 30 * hour, 60),
  ]);
  const made = await bench.call('POST', 'cases', { body: { person: sick, onset: new Date(start).toISOString() } });
  const id = String(made.data['id']);
  await bench.traced(id);
  return { unit, id, long, short, deeper };
}

/** Those of some people whom an officer of a unit is to call, in order: others' cases without a unit stand there too. */
async function toCall(unit: string, among: string[]): Promise<ToCall[]> {
  const found: ToCall[] = [];
  for (let after = ''; ;) {
    const path = `calls?limit=500&after=${encodeURIComponent(after)}`;
    const { data } = await bench.call('GET', path, { unit, purpose: 'care' });
    const { items, next } = data as unknown as { items: ToCall[]; next: string | null };
    found.push(...items.filter(({ person }) => among.includes(person)));
    if (next === null) return found;
    after = next;
  }
}
const order = async (unit: string, among: string[]) => (await toCall(unit, among)).map(({ person }) => person);
const call = (unit: string, body: object) => bench.call('POST', 'calls', { unit, body });

describe('the list of calls', () => {
  it('holds those who met the case themselves, the highest dose first, each with the reason', async () => {
    const { unit, id, long, short, deeper } = await story();
    const found = await toCall(unit, [long, short, deeper]);
    expect(found.map(({ person }) => person)).toEqual([long, short]);
    expect(found[0]).toMatchObject({ dose: 60, tries: [] });
    expect(found[0]!.exposures).toEqual([
      expect.objectContaining({ case: id, dose: 60, minutes: 60, venue: `${unit}-hall` }),
    ]);
  });

  it('pages in its order', async () => {
    const { unit, long, short } = await story();
    const all = await order(unit, [long, short]);
    const single: string[] = [];
    for (let after = ''; ;) {
      const path = `calls?limit=1&after=${encodeURIComponent(after)}`;
      const { data } = await bench.call('GET', path, { unit, purpose: 'care' });
      const { items, next } = data as unknown as { items: ToCall[]; next: string | null };
      single.push(...items.map(({ person }) => person));
      if (next === null) break;
      after = next;
    }
    expect(single.filter((person) => all.includes(person))).toEqual(all);
  });

  it('puts whoever was not reached behind the others, with what was noted, and lets go of whoever was', async () => {
    const { unit, id, long, short } = await story();
    const missed = await call(unit, { person: long, outcome: 'not-reached', note: 'Sau 18 giờ.' });
    expect(missed).toMatchObject({ status: 201, data: { outcome: 'not-reached', cases: [id] } });
    expect(await order(unit, [long, short])).toEqual([short, long]);
    const [, tried] = await toCall(unit, [long, short]);
    expect(tried!.tries).toEqual([{ outcome: 'not-reached', at: expect.any(String), note: 'Sau 18 giờ.' }]);
    expect((await call(unit, { person: long, outcome: 'wrong-number' })).status).toBe(201);
    expect((await call(unit, { person: long, outcome: 'reached' })).status).toBe(201);
    expect(await order(unit, [long, short])).toEqual([short]);
    const again = await call(unit, { person: long, outcome: 'reached' });
    expect(again).toMatchObject({ status: 409, data: { type: 'called-already' } });
    const made = await bench.call('GET', `people/${long}/calls`, { unit, purpose: 'care' });
    const { items } = made.data as { items: { outcome: string }[] };
    expect(items.map(({ outcome }) => outcome)).toEqual(['reached', 'wrong-number', 'not-reached']);
  });

  it('is empty once the case is taken back', async () => {
    const { unit, id, long, short } = await story();
    await bench.call('POST', `cases/${id}/retract`, { body: { reason: 'mistaken' } });
    expect(await order(unit, [long, short])).toEqual([]);
    expect((await call(unit, { person: long, outcome: 'reached' })).status).toBe(409);
  });

  it('is told to the other screens of the unit when somebody was called', async () => {
    const { unit, short } = await story();
    const caller = { id: newId(), kind: 'operator' as const, roles: ['tracer' as const], unit };
    const socket = await connect(bench.url, '/officer', await bench.app.get(Tokens).sign(caller, 600));
    sockets.push(socket);
    const heard: CalledShown[] = [];
    socket.on('called', (news: CalledShown) => heard.push(news));
    const watched = (await socket.emitWithAck('watch', {})) as { data: { board: Board } };
    expect(watched.data.board.toCall).toBeGreaterThanOrEqual(2);
    await call(unit, { person: short, outcome: 'reached' });
    await until(() => heard.some(({ person }) => person === short));
  });

  it.each([
    ['an outcome nobody knows', { outcome: 'perhaps' }],
    ['an empty note', { outcome: 'reached', note: ' ' }],
    ['another field', { outcome: 'reached', case: 'x' }],
  ])('takes no call with %s', async (_, body) => {
    expect((await call('u', { person: newId(), ...body })).status).toBe(422);
  });
});

describe('whom to call', () => {
  it('is shown to tracers of the unit who say why, and to nobody else', async () => {
    const { long, short } = await story();
    expect(await order(`u${newId().slice(0, 8)}`, [long, short])).toEqual([]);
    expect((await call(`u${newId().slice(0, 8)}`, { person: long, outcome: 'reached' })).status).toBe(409);
    expect((await bench.call('GET', 'calls')).status).toBe(422);
    expect((await bench.call('GET', 'calls?after=x', { purpose: 'care' })).status).toBe(422);
    expect((await bench.call('GET', 'calls', { purpose: 'care', roles: ['auditor'] })).status).toBe(403);
    expect((await bench.call('POST', 'calls', { body: {}, roles: ['gate'] })).status).toBe(403);
  });

  it('is noted under the person’s own key, and forgotten with the person', async () => {
    const { unit, long } = await story();
    await call(unit, { person: long, outcome: 'not-reached', note: 'Zythophile' });
    const [kept] = await bench.graph.read('calls/of_person', { person: long });
    expect(kept!.sealed).not.toBeNull();
    expect(JSON.stringify(kept)).not.toContain('Zythophile');
    await bench.graph.write('people/erase', { ids: [long], by: 'test', atMs: Date.now() });
    expect(await order(unit, [long])).toEqual([]);
    expect(await bench.graph.read('calls/of_person', { person: long })).toEqual([]);
  });
});
