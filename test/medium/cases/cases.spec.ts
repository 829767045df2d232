import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { until } from '../../until.js';
import { CaseBench } from './bench.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.close());

/** A case met one person for an hour, who met another two days later; somebody else came when all had left. */
async function story() {
  const tag = newId().slice(0, 8);
  const [first, second, other, sick] = [`${tag}-f1`, `${tag}-f2`, `${tag}-no`, `${tag}-f0`];
  const people = await bench.people([sick, first, second, other]);
  const id = (name: string) => people.get(name)!;
  const start = Date.now() - 6 * day;
  const stay = (name: string, venue: string, from: number, to: number) => {
    return { person: id(name), venue: `${tag}-${venue}`, zone: '', in: from, out: to, trust: 1 };
  };
  await bench.stay([
    stay(sick, 'shop', start, start + 2 * hour),
    stay(first, 'shop', start + hour, start + 3 * hour),
    stay(other, 'shop', start + 3 * hour, start + 4 * hour),
    stay(first, 'office', start + 2 * day, start + 2 * day + hour),
    stay(second, 'office', start + 2 * day, start + 2 * day + hour),
  ]);
  return { tag, id, start, sick, first, second };
}

const iso = (ms: number) => new Date(ms).toISOString();
const levels = async (id: string) => {
  const answer = await bench.call('GET', `cases/${id}/exposures`, { purpose: `tracing; case=${id}` });
  const { items } = answer.data as { items: { person: string; level: number }[] };
  return items.map(({ person, level }) => [person, level]);
};
const version = async (person: string) => (await bench.graph.read('people/by_id', { id: person }))[0]!.version;

describe('a case', () => {
  it('is previewed, confirmed, amended and retracted, and everything follows', async () => {
    const { id, start, sick, first, second } = await story();
    const body = { person: id(sick), onset: iso(start) };
    const preview = await bench.call('POST', 'cases/preview', { body });
    expect(preview).toMatchObject({ status: 200, data: { counts: { 1: 1, 2: 1 } } });

    const confirmed = await bench.call('POST', 'cases', { body });
    expect(confirmed).toMatchObject({ status: 201, data: { state: 'tracing' } });
    const caseId = String(confirmed.data['id']);
    expect(await bench.traced(caseId)).toMatchObject({ state: 'traced', counts: { 1: 1, 2: 1 } });
    expect(await levels(caseId)).toEqual([
      [id(first), 1],
      [id(second), 2],
    ]);
    const before = await Promise.all([version(id(sick)), version(id(first)), version(id(second))]);

    const isolated = { isolatedAt: iso(start + hour + 5 * minute) };
    expect((await bench.call('PATCH', `cases/${caseId}`, { body: isolated })).status).toBe(200);
    expect(await bench.traced(caseId)).toMatchObject({ counts: {} });
    expect(await levels(caseId)).toEqual([]);
    expect((await bench.call('PATCH', `cases/${caseId}`, { body: { isolatedAt: null } })).status).toBe(200);
    expect(await bench.traced(caseId)).toMatchObject({ counts: { 1: 1, 2: 1 } });

    const retracted = await bench.call('POST', `cases/${caseId}/retract`, { body: { reason: 'wrong sample' } });
    expect(retracted).toMatchObject({ status: 200, data: { state: 'retracted' } });
    expect(await bench.traced(caseId)).toMatchObject({ state: 'retracted', counts: {} });
    expect(await bench.graph.read('cases/exposed', { id: caseId })).toEqual([]);
    const after = await Promise.all([version(id(sick)), version(id(first)), version(id(second))]);
    expect(after.map((now, at) => now > before[at]!)).toEqual([true, true, true]);
    const again = await bench.call('POST', `cases/${caseId}/retract`, { body: { reason: 'again' } });
    expect(again).toMatchObject({ status: 409, data: { type: 'retracted' } });
  });

  it('shows each exposure with its witness, the highest dose first, and pages', async () => {
    const { tag, id, start, sick, first } = await story();
    const confirmed = await bench.call('POST', 'cases', { body: { person: sick, onset: iso(start) } });
    const caseId = String(confirmed.data['id']);
    await bench.traced(caseId);
    const purpose = `tracing; case=${caseId}`;
    const page = await bench.call('GET', `cases/${caseId}/exposures?limit=1`, { purpose });
    const [item] = page.data['items'] as unknown[];
    expect(item).toEqual({
      person: id(first),
      level: 1,
      exposedAt: iso(start + hour + 15 * minute),
      lastAt: iso(start + 2 * hour),
      minutes: 60,
      dose: 60,
      trust: 1,
      witness: { via: id(sick), venue: `${tag}-shop`, from: iso(start + hour), to: iso(start + 2 * hour) },
      encounters: [],
    });
    const next = `cases/${caseId}/exposures?limit=1&after=${String(page.data['next'])}`;
    expect((await bench.call('GET', next, { purpose })).data).toMatchObject({ items: [{ level: 2 }], next: null });
    const deep = await bench.call('GET', `cases/${caseId}/exposures?level=2`, { purpose });
    expect(deep.data).toMatchObject({ items: [{ level: 2, dose: null }] });
    const weak = await bench.call('GET', `cases/${caseId}/exposures?minDose=61`, { purpose });
    expect(weak.data).toMatchObject({ items: [] });
    const own = await bench.call('GET', `people/${id(first)}/exposures`, { purpose });
    expect(own.data).toMatchObject({ person: id(first), items: [{ case: caseId, level: 1 }] });
  });

  it('is one of several that somebody was exposed to, and these page by case', async () => {
    const { id, start, sick, first } = await story();
    const confirm = async (person: string) => {
      const { data } = await bench.call('POST', 'cases', { body: { person, onset: iso(start) } });
      return String(data['id']);
    };
    const cases = [await confirm(id(sick)), await confirm(id(sick)), await confirm(id(sick))];
    for (const each of cases) await bench.traced(each);
    const read = async (query: string) => {
      const { data } = await bench.call('GET', `people/${id(first)}/exposures${query}`, { purpose: 'operation' });
      return data as { person: string; items: { case: string }[]; next: string | null };
    };
    const all = await read('');
    expect(all.items.map((item) => item.case)).toEqual([...cases].sort());
    expect(all).toMatchObject({ person: id(first), next: null });
    const [one, ...others] = all.items;
    const page = await read('?limit=1');
    expect(page).toMatchObject({ items: [one], next: one!.case });
    expect(await read(`?limit=2&after=${page.next}`)).toMatchObject({ items: others, next: null });
    const wrong = await bench.call('GET', `people/${id(first)}/exposures?limit=0`, { purpose: 'operation' });
    expect(wrong).toMatchObject({ status: 422, data: { errors: [{ path: 'limit' }] } });
  });

  it('weighs anew when the air of a place turns out to be shared otherwise', async () => {
    const { tag, start, sick } = await story();
    const confirmed = await bench.call('POST', 'cases', { body: { person: sick, onset: iso(start) } });
    const caseId = String(confirmed.data['id']);
    await bench.traced(caseId);
    const path = `cases/${caseId}/exposures?level=1`;
    const doses = async () => {
      const { data } = await bench.call('GET', path, { purpose: `tracing; case=${caseId}` });
      return (data['items'] as { dose: number }[]).map(({ dose }) => dose);
    };
    expect(await doses()).toEqual([60]);
    const shop = `venues/${tag}-shop`;
    expect((await bench.call('PATCH', shop, { body: { name: 'A shop' }, roles: ['admin'] })).status).toBe(200);
    const untouched = (await bench.graph.read('cases/by_ids', { ids: [caseId] }))[0]!.version;
    expect((await bench.call('PATCH', shop, { body: { setting: 'ventilated' }, roles: ['admin'] })).status).toBe(200);
    await until('the dose is half of it', async () => (await doses())[0] === 30);
    await bench.traced(caseId);
    expect((await bench.graph.read('cases/by_ids', { ids: [caseId] }))[0]!.version).toBe(untouched + 1);
  });

  it('of a contact with an isolation cuts the chain of the other case', async () => {
    const { id, start, sick, first } = await story();
    const one = await bench.call('POST', 'cases', { body: { person: id(sick), onset: iso(start) } });
    await bench.traced(String(one.data['id']));
    const body = { person: id(first), sampledAt: iso(start + day), isolatedAt: iso(start + day) };
    await bench.call('POST', 'cases', { body });
    await expectSoon(async () => (await levels(String(one.data['id']))).length === 1);
    expect(await levels(String(one.data['id']))).toEqual([[id(first), 1]]);
  });

  it.each([
    ['without onset and sample', {}, 422, 'bad-input'],
    ['of somebody unknown', { person: 'nobody-of-this-name', onset: '2026-01-01' }, 404, 'not-found'],
    ['with a time that has no offset', { onset: '2026-01-01T10:00:00' }, 422, 'bad-input'],
    ['that has not happened yet', { onset: '2999-01-01' }, 422, 'bad-input'],
    ['with a field nobody knows', { onset: '2026-01-01', colour: 'red' }, 422, 'bad-input'],
  ])('%s is refused', async (_, body, status, type) => {
    const { id, sick } = await story();
    const answer = await bench.call('POST', 'cases', { body: { person: id(sick), ...body } });
    expect(answer).toMatchObject({ status, data: { type } });
  });

  it('is for tracers, and its people are shown to those who say why', async () => {
    const { id, start, sick } = await story();
    const body = { person: id(sick), onset: iso(start) };
    expect((await bench.call('POST', 'cases', { body, roles: ['auditor'] })).status).toBe(403);
    const caseId = String((await bench.call('POST', 'cases', { body })).data['id']);
    expect((await bench.call('GET', `cases/${caseId}/exposures`)).status).toBe(422);
    expect((await bench.call('GET', `cases/${caseId}`)).data).not.toHaveProperty('person');
    const known = await bench.call('GET', `cases/${caseId}`, { purpose: `tracing; case=${caseId}` });
    expect(known.data).toMatchObject({ person: id(sick), onset: iso(start) });
  });
});

async function expectSoon(look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await look());) {
    if (Date.now() > end) throw new Error('it did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
