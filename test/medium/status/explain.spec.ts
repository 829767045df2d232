import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Vault } from '../../../config/vault.js';
import { Graph } from '../../../graph/graph.js';
import type { Answer, Reply } from '../../../src/events.js';
import { Policies } from '../../../src/policies.js';
import type { Explanation, PastColour } from '../../../src/status/explanation.js';
import { Statuses } from '../../../src/status/statuses.service.js';
import { askOver, scanOf, until } from '../gate/house.js';
import { openTown, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const explain = async (person: string, query = '') =>
  (await town.ask<Explanation>('GET', `/people/${person}/explanation${query}`)).body;

describe('the present', () => {
  it('is answered from what is known, never from what is remembered, though the clock goes on meanwhile', async () => {
    const person = await town.house.person();
    const { app } = town.house;
    let ms = Date.now();
    const statuses = new Statuses(app.get(Graph), app.get(Vault), app.get(Policies), () => ms++);
    expect(await statuses.of(person, {})).toMatchObject({ version: 1 });
    expect(await statuses.of(person, { atMs: ms - 1_000 })).toMatchObject({ version: 0 });
  });
});

describe('an explanation', () => {
  it('names rule, document, chain and versions to officers, kind and time to the person, and nothing to the gate', async () => {
    const [f1, f2] = [await town.house.person({ name: 'Ngô Văn Dũng' }), await town.house.person()];
    const caseId = await town.expose(f1);
    await town.expose(f2, { case: caseId, level: 2 });
    await town.cypher(
      `MATCH (c:Case {id: $caseId}) MATCH (a:Person {id: $f1})-[x:EXPOSED]->(c) MATCH (b:Person {id: $f2})-[y:EXPOSED]->(c)
       SET x.via = 'the-case', y.via = $f1
       SET x += {venue: 'v', from: x.at, to: x.lastAt}, y += {venue: 'w', from: y.at, to: y.lastAt}`,
      { caseId, f1, f2 },
    );
    const told = await until(async () => {
      const found = await explain(f2);
      return found.versions?.length ? found : undefined;
    });
    expect(told).toMatchObject({
      colour: 'yellow',
      rule: 'F2',
      place: [],
      policy: { id: 'neutral', version: '1', area: null, publishedAt: expect.any(String) },
      document: { vi: expect.stringContaining('giả định'), en: expect.stringContaining('assumption') },
      evidence: [
        {
          kind: 'exposure',
          case: caseId,
          chain: [
            { person: f2, level: 2, via: f1, venue: 'w' },
            { person: f1, level: 1, via: 'the-case', venue: 'v' },
          ],
        },
      ],
      version: 2,
      versions: [{ version: 2, colour: 'yellow', rule: 'F2', facts: 1 }],
    });
    const { body: own } = await town.ask('GET', '/me/status', { role: 'citizen', person: f2, as: `c-${f2}` });
    expect(own).toMatchObject({ colour: 'yellow', reasons: [{ kind: 'exposure', level: 2 }] });
    for (const secret of [caseId, f1, 'the-case', '"w"']) expect(JSON.stringify(own)).not.toContain(secret);
    const { token } = await town.house.gate('shop');
    const reply = await askOver<Reply<Answer, string>>(town.house.connect(token), 'scan', scanOf(town.house.card(f2)));
    expect(reply).toMatchObject({ ok: true, data: { colour: 'yellow' } });
    expect(JSON.stringify(reply)).not.toMatch(/\bF2\b|exposure|reason|rule/);
  });

  it('of what officers told says who and when', async () => {
    const person = await town.house.person();
    const body = {
      kind: 'override',
      colour: 'yellow',
      reason: 'observed at home',
      until: new Date(Date.now() + 3_000).toISOString(),
    };
    const { body: told } = await town.ask<{ id: string }>('POST', `/people/${person}/evidence`, { body, as: 'first' });
    await town.ask('POST', `/people/${person}/evidence/${told.id}/agree`, { as: 'second' });
    expect(await explain(person)).toMatchObject({
      colour: 'yellow',
      rule: 'override',
      evidence: [{ kind: 'override', id: told.id, by: 'first', reason: 'observed at home' }],
    });
    const { body: own } = await town.ask('GET', '/me/status', { role: 'citizen', person, as: `c-${person}` });
    expect(own).toMatchObject({ colour: 'yellow', reasons: [{ reason: 'observed at home', until: body.until }] });
    await until(async () => (await explain(person)).colour === 'green');
    const { body: history } = await until(async () => {
      const path = '/me/history';
      const found = await town.ask<{ items: PastColour[] }>('GET', path, {
        role: 'citizen',
        person,
        as: `c-${person}`,
      });
      return found.body.items.some(({ colour }) => colour === 'yellow') ? found : undefined;
    });
    expect(history.items.find(({ colour }) => colour === 'yellow')?.text).toMatchObject({
      en: expect.stringContaining('Two health officers'),
    });
  });

  it('of a past instant is the same as was given then, whatever was learnt and published since', async () => {
    const person = await town.house.person();
    const caseId = await town.expose(person);
    await town.cypher(
      `MATCH (:Person {id: $person})-[x:EXPOSED]->() SET x += {via: 'c', venue: 'v', from: x.at, to: x.lastAt}`,
      { person },
    );
    await until(
      async () => (await town.cypher('MATCH (:Person {id: $person})-[:WAS]->(s) RETURN s', { person })).length,
    );
    const given = await explain(person);
    await town.retract(caseId);
    await until(async () => (await explain(person)).versions.length === 2);
    expect(await explain(person)).toMatchObject({ colour: 'green', evidence: [] });
    const again = await explain(person, `?at=${given.at}`);
    const chainless = { ...given, evidence: given.evidence.map((one) => ({ ...one, chain: null })) };
    expect({ ...again, evidence: again.evidence.map((one) => ({ ...one, chain: null })) }).toEqual(chainless);
    expect(again).toMatchObject({ colour: 'red', evidence: [{ case: caseId, chain: null }] });
  });
});
