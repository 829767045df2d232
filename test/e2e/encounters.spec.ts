import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { Tokens } from '../../src/auth/tokens.js';
import { readChain } from '../../src/read-chain.js';
import { unpackRead } from '../../src/reads.js';
import { until } from '../until.js';
import { file, Whole } from '../whole.js';

const minute = 60_000;
const day = 1_440 * minute;
const start = Math.floor((Date.now() - 4 * day) / minute) * minute;
const iso = (ms: number) => new Date(ms).toISOString();

let whole: Whole;
beforeAll(async () => {
  whole = await Whole.open();
});
afterAll(() => whole.close());

interface Encounter {
  id: string;
  kind: string;
  people: string[];
}

async function person(): Promise<string> {
  const identifiers = [{ system: 'import', value: newId() }];
  return (await whole.call<{ id: string }>('POST', 'people', { identifiers })).id;
}

/** Enters an encounter from the start on; what it has become. */
async function meet(one: string, body: { kind: string; with: string[]; minutes: number; from?: number }) {
  const { minutes, from = start, ...rest } = body;
  const sent = { ...rest, from: iso(from), to: iso(from + minutes * minute) };
  return await whole.call<{ items: Encounter[] }>('POST', `people/${one}/encounters`, sent);
}

async function confirm(of: string): Promise<string> {
  return (await whole.call<{ id: string }>('POST', 'cases', { person: of, onset: iso(start) })).id;
}

/** Waits until a case has exactly these people at these levels. */
const exposes = (id: string, expected: [person: string, level: number][]) =>
  until(`case ${id} exposes ${expected.length} people`, async () => {
    const rows = await whole.graph.read('cases/exposed', { id });
    const found = rows.map((row) => `${row.person} ${row.level}`).sort();
    return (
      found.join() ===
      expected
        .map((one) => one.join(' '))
        .sort()
        .join()
    );
  });

/** One request as a tracer, of a unit or of all. */
async function request(method: string, path: string, { body, unit, purpose = 'operation' }: Asked = {}) {
  const caller = { id: newId(), kind: 'operator' as const, roles: ['tracer' as const], ...(unit && { unit }) };
  const headers = {
    authorization: `Bearer ${await whole.app.get(Tokens).sign(caller, 600)}`,
    'content-type': 'application/json',
    ...(purpose && { purpose }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${whole.url}/api/v1/${path}`, { method, headers, ...sent });
  return { status: response.status, body: (await response.json()) as { type?: string; id?: string } };
}

/** How a request is refused. */
async function asked(method: string, path: string, by: Asked = {}): Promise<string> {
  const { status, body } = await request(method, path, by);
  return `${status} ${body.type?.split('/').at(-1)}`;
}
interface Asked {
  body?: object;
  unit?: string;
  purpose?: string;
}

describe('encounters that a tracer enters', () => {
  it('expose by the minimum of their kind, and no longer once they are taken back', async () => {
    const [sick, home, car, near, brief, told] = await Promise.all(Array.from({ length: 6 }, person));
    const made = [
      await meet(sick!, { kind: 'household', with: [home!], minutes: 1 }),
      await meet(car!, { kind: 'vehicle', with: [sick!], minutes: 1 }),
      await meet(sick!, { kind: 'proximity', with: [near!], minutes: 15 }),
      await meet(sick!, { kind: 'proximity', with: [brief!], minutes: 14 }),
      await meet(sick!, { kind: 'declared', with: [told!], minutes: 1 }),
    ];
    const id = await confirm(sick!);
    await exposes(id, [
      [home!, 1],
      [car!, 1],
      [near!, 1],
      [told!, 1],
    ]);
    const listed = await whole.call<{ items: Encounter[] }>('GET', `people/${sick}/encounters`);
    expect(listed.items.map(({ kind }) => kind).sort()).toEqual([
      'declared',
      'household',
      'proximity',
      'proximity',
      'vehicle',
    ]);
    await whole.call('DELETE', `people/${home}/encounters/${made[0]!.items[0]!.id}`);
    await exposes(id, [
      [car!, 1],
      [near!, 1],
      [told!, 1],
    ]);
    for (const { items } of made.slice(1)) await whole.call('DELETE', `people/${sick}/encounters/${items[0]!.id}`);
    await exposes(id, []);
    expect(await whole.call('GET', `people/${sick}/encounters`)).toMatchObject({ items: [] });
    await whole.call('POST', `cases/${id}/retract`, { reason: 'test' });
  });

  it('of a household bring everybody together, and carry on to level 2', async () => {
    const [sick, wife, child, driver] = await Promise.all(Array.from({ length: 4 }, person));
    const id = await confirm(sick!);
    const { items } = await meet(sick!, { kind: 'household', with: [wife!, child!], minutes: 60 });
    expect(items).toHaveLength(3);
    expect(items.some(({ people }) => !people.includes(sick!))).toBe(true);
    const ride = await meet(driver!, { kind: 'vehicle', with: [child!], minutes: 30, from: start + 2 * day });
    await exposes(id, [
      [wife!, 1],
      [child!, 1],
      [driver!, 2],
    ]);
    await whole.call('DELETE', `people/${child}/encounters/${ride.items[0]!.id}`);
    await exposes(id, [
      [wife!, 1],
      [child!, 1],
    ]);
    await whole.call('POST', `cases/${id}/retract`, { reason: 'test' });
  });

  it('stand in the chain of reads with whoever entered them and why', async () => {
    const [one, other] = await Promise.all([person(), person()]);
    const { items } = await meet(one, { kind: 'declared', with: [other], minutes: 5 });
    await whole.call('DELETE', `people/${other}/encounters/${items[0]!.id}`);
    const routes = await until('both are in the chain', async () => {
      const links = await whole.graph.read('reads/page', { chain: readChain, after: 0, limit: 100_000 });
      const reads = links.map(({ body }) => unpackRead(body));
      const found = reads.filter(({ route, people }) => route.includes('encounters') && people.includes(other));
      return (
        found.length === 2 && found.map(({ route, purpose, people }) => [route.split(' ')[0], purpose, people.length])
      );
    });
    expect(routes).toEqual([
      ['POST', 'operation', 2],
      ['DELETE', 'operation', 2],
    ]);
  });

  it('are refused with the reason', async () => {
    const [one, other] = await Promise.all([person(), person()]);
    const body = { kind: 'household', with: [other], from: iso(start), to: iso(start + minute) };
    const post = (change: object, more: Asked = {}) =>
      asked('POST', `people/${one}/encounters`, { ...more, body: { ...body, ...change } });
    expect(await post({ with: [one] })).toBe('422 bad-input');
    expect(await post({ with: [other, other] })).toBe('422 bad-input');
    expect(await post({ kind: 'handshake' })).toBe('422 bad-input');
    expect(await post({ to: body.from })).toBe('422 bad-input');
    expect(await post({ with: [newId()] })).toBe('404 person-unknown');
    expect(await post({ from: iso(start - 40 * day) })).toBe('422 too-old');
    expect(await post({ to: iso(Date.now() + day) })).toBe('422 in-future');
    expect(await post({}, { purpose: '' })).toMatch(/^422/);
    const [here, there] = [newId(), newId()];
    const somebody = { identifiers: [{ system: 'import', value: newId() }] };
    const { id: local } = (await request('POST', 'people', { unit: here, body: somebody })).body;
    expect(await post({ with: [local] }, { unit: there })).toBe('404 person-unknown');
    expect(
      (await request('POST', `people/${one}/encounters`, { unit: here, body: { ...body, with: [local] } })).status,
    ).toBe(201);
    expect(await asked('DELETE', `people/${one}/encounters/${newId()}`)).toBe('404 encounter-unknown');
  });

  it('cannot be taken apart as stays', async () => {
    const [one, other] = await Promise.all([person(), person()]);
    await meet(one, { kind: 'household', with: [other], minutes: 5 });
    const { items } = await whole.call<{
      items: { id: string; venue: { id: string } }[];
    }>('GET', `people/${one}/stays`);
    const path = `people/${one}/stays/${items[0]!.id}`;
    expect(await asked('DELETE', path)).toBe('409 encounter');
    expect(await asked('PATCH', path, { body: { out: iso(start + 9 * minute) } })).toBe('409 encounter');
    const body = { venue: items[0]!.venue.id, in: iso(start), out: iso(start + minute) };
    expect(await asked('POST', `people/${one}/stays`, { body })).toBe('422 venue-unknown');
  });
});

describe('a file of encounters', () => {
  it('is taken row by row, each of the others with its reason, and changes nothing the second time', async () => {
    const [a, b, c] = [newId(), newId(), newId()];
    const [from, to] = [iso(start), iso(start + 30 * minute)];
    const csv = file(
      ['kind', 'personA', 'personB', 'from', 'to'],
      ['household', a, b, from, to],
      ['household', b, a, from, to],
      ['proximity', a, c, from, to],
      ['handshake', a, b, from, to],
      ['vehicle', a, a, from, to],
      ['vehicle', a, b, to, from],
      ['vehicle', a, b, iso(start - 60 * day), to],
      ['declared', a, b, from, iso(Date.now() + day)],
      ['declared', a, '', from, to],
    );
    const counts = { read: 9, queued: 0, rejected: 6 };
    const first = await whole.call<{ rejects: object[] }>('POST', 'imports/encounters', csv);
    expect(first).toMatchObject({ ...counts, accepted: 2, merged: 1 });
    expect(first.rejects).toMatchObject([
      { row: 5, column: 'kind', reason: 'bad-value' },
      { row: 6, column: 'personB', reason: 'bad-value' },
      { row: 7, column: 'to', reason: 'bad-value' },
      { row: 8, column: 'from', reason: 'too-old' },
      { row: 9, column: 'to', reason: 'in-future' },
      { row: 10, column: 'personB', reason: expect.any(String) },
    ]);
    const second = await whole.call<object>('POST', 'imports/encounters', csv);
    expect(second).toMatchObject({ ...counts, accepted: 0, merged: 3 });
  });

  it('says the same as a tracer who enters it, and can be taken back by one', async () => {
    const [a, b] = [newId(), newId()];
    const row = ['household', a, b, iso(start), iso(start + 30 * minute)];
    await whole.call('POST', 'imports/encounters', file(['kind', 'personA', 'personB', 'from', 'to'], row));
    const find = async (name: string) => {
      const { items } = await whole.call<{
        items: { id: string }[];
      }>('GET', `people?identifier=import:${name}`);
      return items[0]!.id;
    };
    const [one, other] = [await find(a), await find(b)];
    const { items } = await meet(one, { kind: 'household', with: [other], minutes: 30 });
    const list = async () => (await whole.call<{ items: Encounter[] }>('GET', `people/${other}/encounters`)).items;
    expect(await list()).toEqual(items);
    await whole.call('DELETE', `people/${other}/encounters/${items[0]!.id}`);
    expect(await list()).toEqual([]);
  });
});
