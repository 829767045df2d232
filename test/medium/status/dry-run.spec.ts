import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import { until } from '../gate/house.js';
import { district, inMs, khanhHoa, neutral, office, rulesFor } from './rules.js';
import { openTown, type Town } from './town.js';

let town: Town;
let { draft, simulate, publish } = {} as ReturnType<typeof office>;
beforeAll(async () => {
  town = await openTown();
  ({ draft, simulate, publish } = office(town));
});
afterAll(() => town.close());

describe('a dry run', () => {
  it('says per unit who goes from which colour to which, and the days of quarantine', async () => {
    const { area, people } = await district(town, 5);
    const now = rulesFor(area, { validFrom: inMs(20_000) });
    await publish(now);
    const lastAt = Date.now() - 86_400_000;
    for (const person of people.slice(0, 2)) await town.expose(person, { at: lastAt, lastAt });
    await town.expose(people[2]!, { at: lastAt, lastAt, level: 2 });
    const { body: made } = await draft(rulesFor(area, { f1: 'yellow' }));
    const { body } = await simulate(made.id, { replayDays: 3 });
    expect(body.effect).toMatchObject({
      people: 5,
      changed: 2,
      stricter: 0,
      looser: 2,
      changes: { red: { yellow: 2 }, yellow: { yellow: 1 }, green: { green: 2 } },
      units: [{ unit: area, people: 5, changes: { red: { yellow: 2 } } }],
    });
    const { before, after } = body.effect.quarantineDays;
    expect(after).toBe(0);
    // Red through day 13 from the day of the meeting, counted from the draft's start a day ahead.
    expect([2 * 11, 2 * 12]).toContain(before);
    expect(body.replay).toHaveLength(3);
    expect(body.replay!.every((day) => day.people === 5)).toBe(true);
  });

  it('counts people who are one person once, with what is known of any of them', async () => {
    const { area, people } = await district(town, 4);
    const [first, second, elsewhere] = people as [string, string, string, string];
    await publish(rulesFor(area, { validFrom: inMs(20_000) }));
    const lastAt = Date.now() - 86_400_000;
    await town.expose(second, { at: lastAt, lastAt });
    await town.cypher('MATCH (p:Person {id: $id}) SET p.unit = "another"', { id: elsewhere });
    for (const person of [second, elsewhere]) {
      const body = { person, reason: 'one card' };
      expect((await town.ask('POST', `/people/${first}/merges`, { body })).status).toBe(201);
    }
    const { body: made } = await draft(rulesFor(area, { f1: 'yellow' }));
    const { body } = await simulate(made.id, { replayDays: 1 });
    expect(body.effect).toMatchObject({ people: 2, changed: 1, changes: { red: { yellow: 1 }, green: { green: 1 } } });
    expect(body.replay!.map((day) => day.people)).toEqual([2]);
    await town.ask('POST', `/people/${second}/evidence`, { body: { kind: 'recovery', at: inMs(-3_600_000) } });
    const { body: told } = await town.ask<{ person: string; items: { id: string; kind: string }[] }>(
      'GET',
      `/people/${first}/evidence`,
    );
    expect(told).toMatchObject({ person: first, items: [{ kind: 'recovery' }] });
    const path = `/people/${second}/evidence/${told.items[0]!.id}`;
    expect((await town.ask('DELETE', path)).status).toBe(204);
  });

  it('opens the facts of nobody whose facts no rule looks at, and all of those who have one that counts', async () => {
    const { area, people } = await district(town, 5);
    const [vaccinated, exposed, linked, second] = people as [string, string, string, string];
    await publish(rulesFor(area, { validFrom: inMs(20_000) }));
    const at = Date.now() - 86_400_000;
    const tell = (person: string, body: object) => town.ask('POST', `/people/${person}/evidence`, { body });
    for (const person of [vaccinated, exposed, second]) {
      await tell(person, { kind: 'dose', number: 2, course: 2, at: inMs(-30 * 86_400_000) });
    }
    await town.expose(exposed, { at, lastAt: at });
    expect((await town.ask('POST', `/people/${linked}/merges`, { body: { person: second, reason: 'x' } })).status).toBe(
      201,
    );
    const asked = (await draft(rulesFor(area, { colours: khanhHoa.colours }))).body.id;
    expect((await simulate(asked)).body.effect).toMatchObject({
      people: 4,
      changes: { green: { green: 2, red: 1 }, red: { green: 1 } },
    });
    // Whoever would open it could not.
    await town.cypher('MATCH (:Person {id: $id})-[:HAS]->(e:Evidence) SET e.sealed = "damaged"', { id: vaccinated });
    const notAsked = (await draft(rulesFor(area, { f1: 'yellow' }))).body.id;
    expect((await simulate(notAsked)).body.effect).toMatchObject({
      people: 4,
      changes: { green: { green: 3 }, red: { yellow: 1 } },
    });
    expect((await simulate(asked)).status).toBe(500);
  });

  it('replays the days from what was known then', async () => {
    const { area, people } = await district(town, 2);
    await publish(rulesFor(area, { validFrom: inMs(20_000) }));
    const at = Date.now() - 5 * 86_400_000;
    await town.expose(people[0]!, { at, lastAt: at });
    await until(
      async () => (await town.cypher('MATCH (:Person {id: $id})-[:WAS]->(s) RETURN s', { id: people[0] })).length,
    );
    // As if it had been learnt three days ago.
    await town.cypher('MATCH (:Person {id: $id})-[:WAS]->(s) SET s.at = $at', {
      id: people[0],
      at: Date.now() - 2.5 * 86_400_000,
    });
    const { body: made } = await draft(rulesFor(area, { f1: 'yellow' }));
    const { body } = await simulate(made.id, { replayDays: 4 });
    expect(
      body.replay!.map(({ changes }) =>
        Object.values(changes)
          .map((to) => to.yellow ?? 0)
          .reduce((a, b) => a + b),
      ),
    ).toEqual([0, 0, 1, 1]);
  });

  it('counts nobody on a day on which they were not known yet, whatever was learnt of them since', async () => {
    const { area, people } = await district(town, 4);
    const [since, exposed, linked, second] = people as [string, string, string, string];
    await publish(rulesFor(area, { validFrom: inMs(20_000) }));
    const known = (ids: string[], days: number) =>
      town.cypher('MATCH (p:Person) WHERE p.id IN $ids SET p.createdAt = $at', {
        ids,
        at: Date.now() - days * 86_400_000,
      });
    await known([since, exposed], 1.5);
    await known([linked], 2.5);
    expect((await town.ask('POST', `/people/${linked}/merges`, { body: { person: second, reason: 'x' } })).status).toBe(
      201,
    );
    const at = Date.now() - 86_400_000 / 2;
    await town.expose(exposed, { at, lastAt: at });
    await until(
      async () => (await town.cypher('MATCH (:Person {id: $id})-[:WAS]->(s) RETURN s', { id: exposed })).length,
    );
    const replayed = async () => {
      const { body: made } = await draft(rulesFor(area, { f1: 'yellow' }));
      return (await simulate(made.id, { replayDays: 4 })).body.replay!.map((day) => day.people);
    };
    expect(await replayed()).toEqual([1, 1, 1, 3]);
    await known([second], 2.5);
    expect(await replayed()).toEqual([0, 0, 1, 3]);
  });

  it('tries the contact rule on cases: how many more and fewer', async () => {
    const { area, people } = await district(town, 3);
    const [carrier, near, brief] = people as [string, string, string];
    const venue = newId();
    const from = Date.now() - 3 * 3_600_000;
    await meet(venue, from, [
      [carrier, 60],
      [near, 60],
      [brief, 10],
    ]);
    const { body: confirmed } = await town.ask<{ id: string }>('POST', '/cases', {
      body: { person: carrier, sampledAt: inMs(0) },
      role: 'tracer',
    });
    const { body: made } = await draft(
      rulesFor(area, { contact: { ...(neutral as unknown as { contact: object }).contact, minMinutes: 5 } }),
    );
    const { body } = await simulate(made.id, { contact: { cases: [confirmed.id] } });
    expect(body.contact).toMatchObject({ cases: 1, levels: [{ level: 1, before: 0, after: 2, more: 2, fewer: 0 }] });
    // Of all cases of the area: also where a thousand without a unit stand before them.
    await town.cypher(
      `MATCH (p:Person {id: $brief}) UNWIND range(1, 1000) AS at
       CREATE (:Case {id: '!' + at, onset: toInteger($from), confirmedAt: toInteger($from), version: 1, tracedVersion: 1, generation: 0})-[:OF]->(p)`,
      { brief, from },
    );
    const { body: all } = await simulate(made.id, { contact: true }).finally(() =>
      town.cypher('MATCH (c:Case)-[:OF]->(:Person {id: $brief}) DETACH DELETE c', { brief }),
    );
    expect(all.contact).toMatchObject({ cases: 1, levels: [{ level: 1, after: 2 }] });
    await town.cypher('MATCH (c:Case {id: $id}) DETACH DELETE c', { id: confirmed.id });
  });
});

/** People at one place from an instant on, for so many minutes each. */
async function meet(venue: string, from: number, stays: [person: string, minutes: number][]): Promise<void> {
  const day = new Date(from + 7 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  await town.cypher(
    `CREATE (v:Venue {id: $venue, code: $venue, name: 'a place', kind: 'shop', setting: 'closed', zones: []})
     CREATE (d:VenueDay {key: $venue + '|' + $day, day: toInteger($day)})-[:OF]->(v)
     WITH d UNWIND $stays AS s MATCH (p:Person {id: s[0]})
     CREATE (p)-[:AT {id: s[0] + $venue, in: toInteger($from), out: toInteger($from + s[1] * 60000), zone: '', assumed: false,
                      open: false, trust: 1.0, kept: true}]->(d)`,
    { venue, day, from, stays },
  );
}
