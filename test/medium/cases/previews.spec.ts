import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { CaseBench } from './bench.js';

const hour = 3_600_000;

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.close());

/** A case who met somebody for an hour two days ago, traced. */
async function aCase() {
  const people = await bench.people([newId(), newId()]);
  const [sick, contact] = [...people.values()] as [string, string];
  const start = Date.now() - 48 * hour;
  const stay = { venue: newId(), zone: '', in: start, out: start + hour, trust: 1 };
  await bench.stay([sick, contact].map((person) => ({ ...stay, person })));
  const onset = new Date(start).toISOString();
  const id = String((await bench.call('POST', 'cases', { body: { person: sick, onset } })).data['id']);
  await bench.traced(id);
  return { id, sick, contact, purpose: `tracing; case=${id}` };
}

const colourOf = async (person: string): Promise<unknown> =>
  (await bench.call('GET', `people/${person}/status`, { purpose: 'care' })).data['colour'];

describe('a change that is tried out', () => {
  it('says whose colour a retraction would change, and that is what a retraction changes', async () => {
    const { id, sick, contact, purpose } = await aCase();
    const before = new Map([
      [sick, await colourOf(sick)],
      [contact, await colourOf(contact)],
    ]);
    const { data } = await bench.call('POST', `cases/${id}/preview`, { body: { retract: true }, purpose });
    expect(data).toMatchObject({ counts: {}, looked: 2 });
    expect(await colourOf(contact)).toBe(before.get(contact));
    await bench.call('POST', `cases/${id}/retract`, { body: { reason: 'mistaken' } });
    await bench.traced(id);
    const changed = [];
    for (const [person, from] of before) {
      const to = await colourOf(person);
      if (to !== from) changed.push({ person, from, to });
    }
    expect(changed).not.toEqual([]);
    const byPerson = (a: { person: string }, b: { person: string }) => (a.person < b.person ? -1 : 1);
    expect((data['people'] as typeof changed).sort(byPerson)).toEqual(changed.sort(byPerson));
    expect(data['changed']).toBe(changed.length);
  });

  it('says who is a contact no more under other dates, and nothing where nothing changes', async () => {
    const { id, purpose } = await aCase();
    const later = new Date(Date.now() - hour).toISOString();
    const isolated = await bench.call('POST', `cases/${id}/preview`, {
      body: { onset: later, isolatedAt: new Date(Date.now() - 200 * hour).toISOString() },
      purpose,
    });
    expect(isolated.data).toMatchObject({ looked: 2 });
    expect(Object.values(isolated.data['counts'] as object).every((count) => count === 0)).toBe(true);
    const same = await bench.call('POST', `cases/${id}/preview`, { body: {}, purpose });
    expect(same.data).toMatchObject({ changed: 0, people: [], counts: { 1: 1 } });
  });

  it('names people, so it asks for a purpose, and for a date', async () => {
    const { id, purpose } = await aCase();
    expect((await bench.call('POST', `cases/${id}/preview`, { body: { retract: true } })).status).toBe(422);
    const undated = { onset: null, sampledAt: null };
    expect((await bench.call('POST', `cases/${id}/preview`, { body: undated, purpose })).status).toBe(422);
  });
});

describe('what a page shows at once', () => {
  it('is asked for at once: people, their colours, and a case with its rule and window', async () => {
    const { id, sick, contact, purpose } = await aCase();
    const ids = [sick, contact].join();
    const people = await bench.call('GET', `people?ids=${ids}`, { purpose });
    expect((people.data['items'] as { id: string }[]).map((one) => one.id)).toEqual([sick, contact]);
    const statuses = await bench.call('GET', `statuses?ids=${ids}`, { purpose });
    expect((statuses.data['items'] as { person: string }[]).map(({ person }) => person).sort()).toEqual(
      [sick, contact].sort(),
    );
    expect((await bench.call('GET', `people?ids=${ids}`)).status).toBe(422);
    expect((await bench.call('GET', `people?ids=${ids}&name=an`, { purpose })).status).toBe(422);
    const of = await bench.call('GET', `cases/${id}`, { purpose });
    expect(of.data).toMatchObject({ infectious: { from: expect.any(String), to: expect.any(String) } });
  });

  it('leaves out people of other units', async () => {
    const [here, there] = [`u${newId().slice(0, 8)}`, `u${newId().slice(0, 8)}`];
    const own = [...(await bench.people([newId()], here)).values()];
    const others = [...(await bench.people([newId()], there)).values()];
    const asked = { unit: here, purpose: 'care' };
    for (const route of ['people', 'statuses']) {
      const { data } = await bench.call('GET', `${route}?ids=${[...own, ...others].join()}`, asked);
      expect(data['items']).toHaveLength(1);
    }
  });
});
