import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REDIS } from '../../../config/redis.js';
import { openQueue } from '../../../src/jobs.js';
import { Policies } from '../../../src/policies.js';
import type { StaffStatus } from '../../../src/status/show.js';
import { until } from '../gate/house.js';
import { openTown, wholeCase, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const statusOf = async (person: string, query = '') =>
  (await town.ask<StaffStatus>('GET', `/people/${person}/status${query}`)).body;
const tell = (person: string, body: object, as?: string) =>
  town.ask<{ id: string; version: number }>('POST', `/people/${person}/evidence`, { body, ...(as && { as }) });
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

describe('evidence', () => {
  it('makes a colour, and taken back no longer does', async () => {
    const person = await town.house.person();
    await town.cypher(
      'MATCH (p:Person {id: $person}) CREATE (c:Case {id: "case-" + $person})-[:OF]->(p) SET c += $whole',
      { person, whole: wholeCase(Date.now() - 86_400_000) },
    );
    expect(await statusOf(person)).toMatchObject({
      colour: 'red',
      rule: 'F0',
      reasons: [{ kind: 'case', case: `case-${person}` }],
    });
    const told = await tell(person, { kind: 'recovery', at: daysAgo(0.5) });
    expect(told).toMatchObject({ status: 201, body: { kind: 'recovery', version: 2 } });
    expect(await statusOf(person)).toMatchObject({ colour: 'green', version: 2 });
    expect((await town.ask('DELETE', `/people/${person}/evidence/${told.body.id}`)).status).toBe(204);
    expect(await statusOf(person)).toMatchObject({ colour: 'red', version: 3 });
    expect((await town.ask('DELETE', `/people/${person}/evidence/${told.body.id}`)).status).toBe(404);
  });

  it('of a full course shortens quarantine where the demo city’s policy speaks', async () => {
    const person = await town.house.person();
    await town.expose(person, { at: Date.now() - 9 * 86_400_000 });
    expect(await statusOf(person, '?area=79')).toMatchObject({
      colour: 'red',
      policy: { id: 'national', version: '2021-12-demo' },
    });
    await tell(person, { kind: 'dose', number: 1, at: daysAgo(90) });
    await tell(person, { kind: 'dose', number: 2, at: daysAgo(60).slice(0, 10) });
    expect(await statusOf(person, '?area=79')).toMatchObject({ colour: 'green', nextChangeAt: null });
    expect(await statusOf(person)).toMatchObject({ colour: 'red', policy: { id: 'neutral' } });
    expect(await statusOf(person, '?area=nowhere')).toMatchObject({ colour: 'grey', rule: 'no-policy' });
  });

  it('an override waits for a second officer', async () => {
    const person = await town.house.person();
    await town.expose(person);
    const body = { kind: 'override', colour: 'green', reason: 'two samples were mixed up', until: daysAgo(-1) };
    const { body: told } = await tell(person, body, 'first');
    expect(told).toMatchObject({ waiting: true });
    expect(await statusOf(person)).toMatchObject({ colour: 'red' });
    const agree = (as: string) => town.ask('POST', `/people/${person}/evidence/${told.id}/agree`, { as });
    expect(await agree('first')).toMatchObject({
      status: 409,
      body: { type: expect.stringContaining('second-officer-needed') },
    });
    expect(await agree('second')).toMatchObject({ status: 200 });
    expect(await agree('third')).toMatchObject({ status: 409 });
    expect(await statusOf(person)).toMatchObject({
      colour: 'green',
      rule: 'override',
      reasons: [{ kind: 'override', reason: 'two samples were mixed up' }],
    });
  });

  it.each([
    ['an unknown kind', { kind: 'rumour' }],
    ['an unknown field', { kind: 'recovery', at: daysAgo(1), why: 'so' }],
    ['a test of tomorrow', { kind: 'test', test: 'pcr', result: 'negative', sampledAt: daysAgo(-1) }],
    ['an instant without an offset', { kind: 'recovery', at: '2026-01-01T10:00:00' }],
    ['an override that is over', { kind: 'override', colour: 'red', reason: 'late', until: daysAgo(1) }],
    ['a quarantine that ends before it begins', { kind: 'quarantine', from: daysAgo(1), until: daysAgo(2) }],
  ])('with %s is refused', async (_, body) => {
    expect(await tell(await town.house.person(), body)).toMatchObject({
      status: 422,
      body: { errors: expect.any(Array) },
    });
  });

  it('is an officer’s to tell, about somebody who is there', async () => {
    const body = { kind: 'recovery', at: daysAgo(1) };
    expect((await tell('nobody', body)).status).toBe(404);
    expect((await town.ask('POST', '/people/nobody/evidence', { body, role: 'gate' })).status).toBe(403);
  });

  it('lies unreadable in the graph', async () => {
    const person = await town.house.person();
    await tell(person, { kind: 'test', test: 'pcr', result: 'positive', sampledAt: daysAgo(1) });
    const rows = await town.cypher('MATCH (:Person {id: $person})-[:HAS]->(e:Test) RETURN properties(e) AS e', {
      person,
    });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/\bpositive\b|\bpcr\b/);
  });

  it('of a test has the cases traced anew whose chains it may cut', async () => {
    const person = await town.house.person();
    const caseId = await town.expose(person);
    await tell(person, { kind: 'test', test: 'pcr', result: 'negative', sampledAt: daysAgo(0) });
    const waiting = openQueue('trace', town.house.app.get<Redis>(REDIS));
    const traced = () => waiting.getJobs().then((jobs) => jobs.find(({ data }) => data.case === caseId));
    expect((await until(traced)).name).toBe('trace');
  });
});

describe('a status', () => {
  it('of a past instant is what was known then', async () => {
    const person = await town.house.person();
    const before = Date.now();
    const caseId = await town.expose(person, { at: before - 3_600_000 });
    const red = await until(async () => {
      const rows = await town.cypher('MATCH (:Person {id: $person})-[:WAS]->(s) RETURN s.at AS at', { person });
      return rows[0]?.['at'] as number | undefined;
    });
    await town.retract(caseId);
    await until(
      async () =>
        (await town.cypher('MATCH (:Person {id: $person})-[:WAS]->(s) RETURN s.version', { person })).length === 2,
    );
    expect(await statusOf(person)).toMatchObject({ colour: 'green', version: 3 });
    expect(await statusOf(person, `?at=${new Date(red).toISOString()}`)).toMatchObject({ colour: 'red', version: 2 });
    expect(await statusOf(person, `?at=${new Date(before - 1).toISOString()}`)).toMatchObject({
      colour: 'green',
      version: 0,
    });
  });

  it('of a later instant follows from today’s facts', async () => {
    const person = await town.house.person();
    await town.expose(person);
    expect(await statusOf(person, `?at=${daysAgo(-20)}`)).toMatchObject({ colour: 'green' });
  });

  it('of one’s own names no case', async () => {
    const person = await town.house.person();
    const caseId = await town.expose(person);
    const { status, body } = await town.ask('GET', '/me/status', { role: 'citizen', person, as: `c-${person}` });
    expect([status, body]).toMatchObject([200, { colour: 'red', reasons: [{ kind: 'exposure', level: 1 }] }]);
    expect(JSON.stringify(body)).not.toContain(caseId);
  });

  it('waits in Redis for the gates, and an older version does not come back', async () => {
    const person = await town.house.person();
    await town.expose(person);
    await until(
      async () => (await town.cypher('MATCH (:Person {id: $person})-[:WAS]->(s) RETURN s', { person })).length === 1,
    );
    expect(await statusOf(person)).toMatchObject({ colour: 'red', version: 2 });
  });
});

it('published policies are listed', async () => {
  const { body } = await town.ask<{ items: { id: string; version: string }[]; next: null }>('GET', '/policies');
  expect(body.items).toHaveLength(town.house.app.get(Policies).all.length);
  expect(body.items).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'neutral', version: '1', area: null })]),
  );
});
