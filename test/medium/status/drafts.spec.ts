import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { district, inMs, neutral, office, rulesFor } from './rules.js';
import { openTown, type Town } from './town.js';

let town: Town;
let { draft, simulate, approve } = {} as ReturnType<typeof office>;
beforeAll(async () => {
  town = await openTown();
  ({ draft, simulate, approve } = office(town));
});
afterAll(() => town.close());

describe('a draft', () => {
  it('is tried, approved by two officers, and then a published version that never changes', async () => {
    const { area } = await district(town, 1);
    const body = rulesFor(area);
    const { status, body: made } = await draft(body);
    expect([status, made.state]).toEqual([201, 'draft']);
    expect((await draft(body)).body.id).toBe(made.id);
    expect(await approve(made.id, 'first')).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/simulate-first$/) },
    });
    expect(await simulate(made.id)).toMatchObject({ status: 200, body: { effect: { people: 1, changed: 1 } } });
    expect(await approve(made.id, 'first')).toMatchObject({ status: 200, body: { state: 'approved-once' } });
    expect(await approve(made.id, 'first')).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/second-officer-needed$/) },
    });
    expect(await approve(made.id, 'second')).toMatchObject({
      status: 200,
      body: { state: 'published', approvals: ['first', 'second'] },
    });
    expect(await approve(made.id, 'third')).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/published$/) },
    });
    expect(await draft({ ...body, minTrustForRed: 0.9 })).toMatchObject({ status: 409 });
    const { body: listed } = await town.ask<{ items: { state: string }[] }>('GET', `/policies?area=${area}`);
    expect(listed.items).toMatchObject([{ version: body.version, state: 'ahead', publishedAt: expect.any(String) }]);
  });

  it('that two officers approve at the same moment is published', async () => {
    const { area } = await district(town, 0);
    const { id } = (await draft(rulesFor(area))).body;
    await simulate(id);
    const both = await Promise.all([approve(id, 'first'), approve(id, 'second')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both.map(({ body }) => body.state)).toContain('published');
    expect(await approve(id, 'third')).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/published$/) },
    });
  });

  it('of another content starts over', async () => {
    const { area } = await district(town, 0);
    const body = rulesFor(area);
    const { id } = (await draft(body)).body;
    await simulate(id);
    await approve(id, 'first');
    expect((await draft({ ...body, minTrustForRed: 0.5 })).body).toMatchObject({ id, state: 'draft', approvals: [] });
  });

  it('that would begin before it is published, or raise the level without 48 hours’ notice, is refused', async () => {
    const { area } = await district(town, 0);
    const late = (await draft(rulesFor(area, { validFrom: inMs(-1_000) }))).body;
    await simulate(late.id);
    expect(await approve(late.id, 'first')).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/valid-from-past$/) },
    });
    const level = { level: 3, sources: { ...neutral.sources, level: 'assumption: a test' } };
    const raised = (await draft(rulesFor(area, { ...level, validFrom: inMs(47 * 3_600_000) }))).body;
    await simulate(raised.id);
    expect(await approve(raised.id, 'first')).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/notice-too-short$/), earliest: expect.any(String) },
    });
    const inTime = (await draft(rulesFor(area, { ...level, validFrom: inMs(49 * 3_600_000) }))).body;
    await simulate(inTime.id);
    expect(await approve(inTime.id, 'first')).toMatchObject({ status: 200 });
  });

  it('with a number that names no source is not published, by whichever officer, and says which number', async () => {
    const { area } = await district(town, 1);
    const { contact: _, ...sources } = neutral.sources;
    const { body: made } = await draft(rulesFor(area, { level: 2, sources, validFrom: inMs(72 * 3_600_000) }));
    expect(made.withoutSource).toEqual(expect.arrayContaining(['contact.minMinutes', 'level']));
    await simulate(made.id);
    const refused = await approve(made.id, 'first');
    expect(refused).toMatchObject({ status: 409, body: { type: expect.stringMatching(/source-missing$/) } });
    expect((refused.body as unknown as { detail: string }).detail).toMatch(
      /^No source is named for contact\.[\w.]+, .* and \d+ more: name the document in "sources", or say/,
    );
    const named = { ...sources, contact: 'Decision 1', level: 'assumption' };
    const { body: again } = await draft(rulesFor(area, { level: 2, sources: named, validFrom: inMs(72 * 3_600_000) }));
    expect(again.withoutSource).toEqual([]);
    await simulate(again.id);
    expect(await approve(again.id, 'first')).toMatchObject({ status: 200 });
  });

  it.each([
    ['that is no policy', { id: 'x' }],
    ['that ends as it begins', { validFrom: '2099-01-01T00:00:00Z', validTo: '2099-01-01T00:00:00Z' }],
    [
      'with a rule that compares days with instants',
      {
        colours: [
          {
            ...neutral.colours[0],
            Logic: { after: [{ plusTime: [{ var: 'today' }, 0, 'day'] }, { plusTime: [{ var: 'now' }, 0, 'hour'] }] },
          },
        ],
      },
    ],
  ])('%s is refused with its faults', async (_, more) => {
    const body = 'id' in more ? more : rulesFor('nowhere', more);
    expect(await draft(body)).toMatchObject({ status: 422, body: { errors: expect.any(Array) } });
  });

  it('is for officers of the area and above', async () => {
    expect((await town.ask('POST', '/policies/drafts', { body: rulesFor('x'), role: 'citizen' })).status).toBe(403);
    expect((await simulate('no-such-draft')).status).toBe(404);
  });
});
