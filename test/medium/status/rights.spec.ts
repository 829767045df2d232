import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../config/ids.js';
import type { ShownAppeal } from '../../../src/appeals/appeals.service.js';
import { packRead } from '../../../src/reads.js';
import { until } from '../../until.js';
import { openTown, type Town } from './town.js';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** Somebody who is logged in, with what they may ask. */
async function somebody() {
  const person = await town.house.person({ name: 'Nguyễn Văn An', birthDate: '1990-01-02' });
  (await town.citizen(person)).disconnect();
  const ask = <T>(method: string, path: string, body?: unknown) =>
    town.ask<T>(method, path, { role: 'citizen', as: `citizen-${person}`, person, body });
  return { person, ask };
}

describe('a citizen', () => {
  it('hears who one is', async () => {
    const { person, ask } = await somebody();
    const me = { id: person, name: 'Nguyễn Văn An', birthDate: '1990-01-02', verified: true, unit: null };
    expect(await ask('GET', '/me')).toMatchObject({ status: 200, body: me });
  });

  it('hears the colour elsewhere, with the policy and the document its rule rests on', async () => {
    const { ask } = await somebody();
    const here = { colour: 'green', policy: { id: expect.any(String) }, document: { vi: expect.any(String) } };
    expect(await ask('GET', '/me/status?area=79')).toMatchObject({ status: 200, body: here });
    expect((await ask('GET', '/me/status?area=')).status).toBe(422);
  });

  it('sees every colour one had, newest first, in the words of its rule', async () => {
    const { person, ask } = await somebody();
    await town.handOn([person]);
    const colours = async () => {
      const { body } = await ask<{ items: { colour: string; text: { vi: string } }[] }>('GET', '/me/history');
      return body.items;
    };
    await until('green is remembered', async () => (await colours()).length === 1);
    const caseId = await town.expose(person);
    await until('red is remembered', async () => (await colours())[0]?.colour === 'red');
    await town.retract(caseId);
    await until('green again', async () => (await colours()).length === 3);
    const all = await colours();
    expect(all.map(({ colour }) => colour)).toEqual(['green', 'red', 'green']);
    expect(all[1]!.text.vi.length).toBeGreaterThan(10);
  });

  it('sees the facts that are known, and which ones one told oneself, but no officer', async () => {
    const { person, ask } = await somebody();
    const fact = { kind: 'test', test: 'pcr', result: 'negative', sampledAt: '2026-11-01T08:00:00+07:00' };
    await town.ask('POST', `/people/${person}/evidence`, { as: 'officer-x', body: fact });
    const { body } = await ask<{ items: object[] }>('GET', '/me/evidence');
    expect(body.items).toEqual([expect.objectContaining({ kind: 'test', result: 'negative', source: 'office' })]);
    expect(JSON.stringify(body)).not.toContain('officer-x');
  });

  it('sees who read one’s data and why, without a name or a case', async () => {
    const { person, ask } = await somebody();
    const read = { who: 'officer-y', roles: ['tracer'], purpose: 'tracing' as const, case: 'c9', route: 'GET /x' };
    const body = packRead({ ...read, people: [person], at: 1_000 });
    const row = { chain: newId(), number: 1, hash: 'h', body, who: 'officer-y', purpose: 'tracing', case: 'c9' };
    await town.house.graph.write('reads/append', { rows: [{ ...row, atMs: 1_000, people: [person] }] });
    const answer = await ask('GET', '/me/reads');
    expect(answer.body).toEqual({
      items: [{ at: '1970-01-01T00:00:01.000Z', roles: ['tracer'], unit: null, purpose: 'tracing' }],
    });
  });

  it('tells of a visit by hand, which is trusted less and marked as such', async () => {
    const { ask } = await somebody();
    const { venue } = await town.house.gate('shop');
    const [from, to] = [3, 2].map((hours) => new Date(Date.now() - hours * 3_600_000).toISOString());
    const told = await ask<{ id: string }>('POST', '/me/stays/by-hand', { venueCode: venue, in: from, out: to });
    expect([201, 202]).toContain(told.status);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const ahead = await ask('POST', '/me/stays/by-hand', { venueCode: venue, in: from, out: later });
    expect(ahead).toMatchObject({ status: 422, body: { errors: [{ path: 'out' }] } });
    const unknown = await ask('POST', '/me/stays/by-hand', { venueCode: 'nobody-knows', in: from, out: to });
    expect(unknown).toMatchObject({ status: 422, body: { type: 'venue-unknown' } });
  });

  it('is gone once erased: neither name nor records nor the account are there', async () => {
    const { person, ask } = await somebody();
    await ask('POST', '/me/appeals', { about: 'other', text: 'Tên tôi viết sai.' });
    expect((await ask('DELETE', '/me')).status).toBe(204);
    expect((await ask('GET', '/me/evidence')).status).toBe(404);
    const left = await town.cypher('MATCH (p:Person {id: $person})<-[:OF]-(a:Appeal) RETURN a', { person });
    expect(left).toEqual([]);
  });
});

describe('an appeal', () => {
  it('has a number and a deadline, and is answered once by an officer', async () => {
    const { person, ask } = await somebody();
    const body = { about: 'colour', text: 'Hôm đó tôi ở nhà.' };
    const made = await ask<ShownAppeal>('POST', '/me/appeals', body);
    expect(made).toMatchObject({ status: 201, body: { ...body, answer: null } });
    const { number, at, replyBy, actBy } = made.body;
    expect(number).toMatch(/^[2-9A-Z]{8}$/);
    expect(Date.parse(replyBy)).toBeGreaterThan(Date.parse(at) + 2 * 86_400_000 - 1);
    expect(Date.parse(actBy)).toBeGreaterThan(Date.parse(replyBy));

    const open = await town.ask<{ items: (ShownAppeal & { person: string })[] }>('GET', '/appeals?limit=500', {});
    expect(open.body.items.find((one) => one.number === number)).toMatchObject({ person, text: body.text });
    const answer = { outcome: 'corrected', text: 'Chúng tôi đã sửa.' };
    expect((await town.ask('POST', `/appeals/${number}/answer`, { body: answer })).status).toBe(200);
    const again = await town.ask('POST', `/appeals/${number}/answer`, { body: answer });
    expect(again).toMatchObject({ status: 409, body: { type: 'answered-already' } });
    const { body: own } = await ask<{ items: ShownAppeal[] }>('GET', '/me/appeals');
    expect(own.items).toEqual([expect.objectContaining({ number, answer: expect.objectContaining(answer) })]);
  });

  it('lies sealed in the graph', async () => {
    const { ask } = await somebody();
    const { body } = await ask<ShownAppeal>('POST', '/me/appeals', { about: 'place', text: 'Zythophile' });
    const { number } = body;
    const [row] = await town.cypher('MATCH (a:Appeal {number: $number}) RETURN properties(a) AS kept', { number });
    expect(JSON.stringify(row)).not.toContain('Zythophile');
  });

  it.each([{}, { about: 'weather', text: 'x' }, { about: 'colour', text: ' ' }, { about: 'colour', text: 'x', a: 1 }])(
    'that says %j is refused',
    async (body) => {
      const { ask } = await somebody();
      expect((await ask('POST', '/me/appeals', body)).status).toBe(422);
    },
  );

  it('of the twenty-first kind waits until another is answered', async () => {
    const { ask } = await somebody();
    const body = { about: 'other', text: 'x' };
    for (let at = 0; at < 20; at++) expect((await ask('POST', '/me/appeals', body)).status).toBe(201);
    expect(await ask('POST', '/me/appeals', body)).toMatchObject({ status: 409, body: { type: 'too-many-appeals' } });
  });
});
