import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { BulkGuard } from '../../../src/bulk-guard.js';
import { EvidenceWriter, type NewFact } from '../../../src/evidence/evidence-writer.js';
import type { ShownHold } from '../../../src/holds/holds.service.js';
import type { StaffStatus } from '../../../src/status/show.js';
import { until } from '../gate/house.js';
import { district, inMs, office, rulesFor } from './rules.js';
import { openTown, type Town } from './town.js';

let town: Town;
let province: string;
beforeAll(async () => {
  town = await openTown();
  province = await guardedProvince();
});
afterAll(() => town.close());

const statusOf = async (person: string) => (await town.ask<StaffStatus>('GET', `/people/${person}/status`)).body;
const holdsOf = async (unit: string) =>
  (await town.ask<{ items: ShownHold[] }>('GET', '/holds', { role: 'head' })).body.items.filter(
    (one) => one.unit === unit,
  );
const decide = (id: string, what: string, as: string) =>
  town.ask<ShownHold & { type: string }>('POST', `/holds/${id}/${what}`, { role: 'head', as });

const somethingOf = (facts: string, is: unknown) => ({
  reduce: [{ var: facts }, { if: [{ var: 'accumulator' }, true, is] }, false],
});
const positive = somethingOf('tests', { '===': [{ var: 'current.result' }, 'positive'] });
const quarantined = somethingOf('quarantines', true);

/** An area in which a fifth of a unit may change colour within ten minutes; a positive test or a quarantine is red. */
async function guardedProvince() {
  const { area, people } = await district(town, 1);
  const bulkChangeGuard = { share: 0.2, withinMinutes: 10, minPeople: 1 };
  const rules = rulesFor(area, { bulkChangeGuard, validFrom: inMs(12_000) });
  const [f0, ...rest] = rules.colours;
  const own = Object.entries({ positive, quarantined }).map(([Identifier, Logic]) => ({ ...f0, Identifier, Logic }));
  await office(town).publish({ ...rules, colours: [...own, f0, ...rest] });
  await until(async () => (await statusOf(people[0]!)).colour === 'green', 30_000);
  return area;
}

/** A unit of ten in which two may change colour within ten minutes. */
async function guarded() {
  const unit = await district(town, 10, province);
  await until(async () => (await statusOf(unit.people[0]!)).colour === 'green');
  return unit;
}

const positiveOf = (person: string): NewFact => ({
  person,
  fact: { kind: 'test', id: newId(), test: 'pcr', result: 'positive', at: Date.now() - 3_600_000 },
});
const tell = (people: string[], by = 'laboratory') =>
  town.house.app.get(EvidenceWriter).tell(people.map(positiveOf), by);

describe('evidence that would change many colours at once', () => {
  it('is held until a second officer releases it', async () => {
    const { area, people } = await guarded();
    await tell(people.slice(0, 2));
    expect(await statusOf(people[0]!)).toMatchObject({ colour: 'red' });
    await tell(people.slice(2, 6));
    expect(await statusOf(people[2]!)).toMatchObject({ colour: 'green' });
    const [hold] = await holdsOf(area);
    expect(hold).toMatchObject({ state: 'held', people: 4, by: ['laboratory'] });
    expect(await decide(hold!.id, 'release', 'laboratory')).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/second-officer-needed$/) },
    });
    expect(await decide(hold!.id, 'release', 'another')).toMatchObject({ status: 200, body: { state: 'released' } });
    expect(await statusOf(people[2]!)).toMatchObject({ colour: 'red' });
    expect(await decide(hold!.id, 'drop', 'another')).toMatchObject({ status: 409 });
  });

  it('is dropped by a second officer, for good', async () => {
    const { area, people } = await guarded();
    const facts = people.slice(0, 5).map(positiveOf);
    await town.house.app.get(EvidenceWriter).tell(facts, 'laboratory');
    const [hold] = await holdsOf(area);
    expect(await decide(hold!.id, 'drop', 'another')).toMatchObject({ status: 200, body: { state: 'dropped' } });
    expect(await town.house.app.get(EvidenceWriter).tell(facts, 'laboratory')).toEqual([]);
    expect(await statusOf(people[0]!)).toMatchObject({ colour: 'green' });
  });

  it('is decided by one of two officers who say otherwise at the same moment', async () => {
    const { area, people } = await guarded();
    await tell(people.slice(0, 8));
    const [hold] = await holdsOf(area);
    const [released, dropped] = await Promise.all([
      decide(hold!.id, 'release', 'one'),
      decide(hold!.id, 'drop', 'another'),
    ]);
    expect([released.status, dropped.status].sort()).toEqual([200, 409]);
    const colour = released.status === 200 ? 'red' : 'green';
    const told = people.slice(0, 8);
    await until(async () => (await Promise.all(told.map(statusOf))).every((now) => now.colour === colour), 10_000);
    expect(await holdsOf(area)).toMatchObject([{ state: released.status === 200 ? 'released' : 'dropped' }]);
  });

  it('that comes while an officer decides waits for the next decision', async () => {
    const { area, people } = await guarded();
    await tell(people.slice(0, 5));
    const [first] = await holdsOf(area);
    const guard = town.house.app.get(BulkGuard);
    const hold = guard.hold.bind(guard);
    const decides = jest.spyOn(guard, 'hold').mockImplementationOnce(async (...coming) => {
      const held = await hold(...coming);
      await decide(first!.id, 'release', 'another');
      return held;
    });
    await tell(people.slice(5));
    decides.mockRestore();
    const [last] = (await holdsOf(area)).filter(({ state }) => state === 'held');
    expect(last).toMatchObject({ people: 5, by: ['laboratory'] });
    expect(await statusOf(people[0]!)).toMatchObject({ colour: 'red' });
    expect(await statusOf(people[5]!)).toMatchObject({ colour: 'green' });
    await decide(last!.id, 'release', 'another');
    expect(await statusOf(people[5]!)).toMatchObject({ colour: 'red' });
  });

  it('by two files at once is held but for one of them', async () => {
    const { area, people } = await guarded();
    await Promise.all([tell(people.slice(0, 2)), tell(people.slice(2, 4)), tell(people.slice(4, 6))]);
    expect(await holdsOf(area)).toMatchObject([{ state: 'held', people: 4 }]);
    const statuses = await Promise.all(people.map(statusOf));
    expect(statuses.filter(({ colour }) => colour === 'red')).toHaveLength(2);
  });

  it('from tomorrow on is held today', async () => {
    const { area, people } = await guarded();
    const at = Date.now() + 86_400_000;
    const facts = people.slice(0, 5).map((person): NewFact => ({
      person,
      fact: { kind: 'quarantine', id: newId(), at, until: at + 86_400_000 },
    }));
    await town.house.app.get(EvidenceWriter).tell(facts.slice(0, 2), 'camp');
    expect(await holdsOf(area)).toEqual([]);
    await town.house.app.get(EvidenceWriter).tell(facts.slice(2), 'camp');
    expect(await holdsOf(area)).toMatchObject([{ state: 'held', people: 3 }]);
  });

  it('that changes no colour is not held', async () => {
    const { area, people } = await guarded();
    const facts = people.map((person): NewFact => ({
      person,
      fact: { kind: 'dose', id: newId(), number: 1, course: 2, at: Date.parse(inMs(-86_400_000)) },
    }));
    await town.house.app.get(EvidenceWriter).tell(facts, 'clinic');
    expect(await holdsOf(area)).toEqual([]);
  });
});
