import { describe, expect, it } from '@jest/globals';
import { colourAt, colourOf } from '../../../src/domain/colour/colour.js';
import { inForce } from '../../../src/domain/policy/policy.js';
import {
  aCase,
  aDose,
  anExposure,
  anOverride,
  aRecovery,
  at,
  national,
  neutral,
  shipped,
  somebody,
} from './evidence.js';

const met = at('2021-12-20T23:00:00');
const now = at('2021-12-21T12:00:00');

describe('the neutral policy', () => {
  it.each([
    ['nobody has anything against somebody verified', somebody(), 'green', 'otherwise'],
    ['somebody whom nobody vouched for is grey', { verified: false, evidence: [] }, 'grey', 'unverified'],
    ['a confirmed case is red', somebody(aCase(met)), 'red', 'F0'],
    ['a case that recovered is not', somebody(aCase(met), aRecovery(met)), 'green', 'otherwise'],
    ['a recovery before the case changes nothing', somebody(aCase(met), aRecovery(met - 1)), 'red', 'F0'],
    ['an F1 is red', somebody(anExposure(met)), 'red', 'F1'],
    ['an F1 whom nobody vouched for is red too', { ...somebody(anExposure(met)), verified: false }, 'red', 'F1'],
    ['an F2 is yellow', somebody(anExposure(met, { level: 2 })), 'yellow', 'F2'],
    ['an F3 is green', somebody(anExposure(met, { level: 3 })), 'green', 'otherwise'],
    ['the lowest level of several cases counts', somebody(anExposure(met, { level: 2 }), anExposure(met)), 'red', 'F1'],
    ['an unsure F1 is yellow', somebody(anExposure(met, { trust: 0.29 })), 'yellow', 'F1-unsure'],
    ['two unsure F1 together are yellow too', somebody(...twice({ trust: 0.29 })), 'yellow', 'F1-unsure'],
    ['an F1 exactly sure enough is red', somebody(anExposure(met, { trust: 0.3 })), 'red', 'F1'],
    ['an unsure F1 beside a sure one is red', somebody(anExposure(met, { trust: 0.1 }), anExposure(met)), 'red', 'F1'],
    ['an exposure that lies ahead does not count yet', somebody(anExposure(now + 1)), 'green', 'otherwise'],
    ['an exposure counts from its instant on', somebody(anExposure(now)), 'red', 'F1'],
    ['held evidence does not exist', somebody(anExposure(met, { held: true })), 'green', 'otherwise'],
    [
      'an override goes before every rule',
      somebody(aCase(met), anOverride(met, now + 1, 'green')),
      'green',
      'override',
    ],
    ['an override that has ended is none', somebody(aCase(met), anOverride(met, now, 'green')), 'red', 'F0'],
  ])('%s', (_, subject, colour, rule) => {
    expect(colourAt(subject, neutral, now)).toMatchObject({ colour, rule });
  });

  it.each([
    ['the last millisecond of day 13 is red', '2022-01-02T23:59:59.999', 'red'],
    ['the first of day 14 is green', '2022-01-03T00:00:00.000', 'green'],
  ])('an F1 last met shortly before midnight: %s', (_, text, colour) => {
    const lastAt = at('2021-12-21T00:00:00') - 1;
    expect(colourAt(somebody(anExposure(met, { lastAt })), neutral, at(text))).toMatchObject({ colour });
    expect(colourOf(somebody(anExposure(met, { lastAt })), [neutral], now).nextChangeAt).toBe(
      at('2022-01-03T00:00:00'),
    );
  });
});

describe('the national policy of December 2021', () => {
  const course = (last: string) => [aDose(at('2021-01-01T08:00:00'), 1), aDose(at(last), 2)];

  it.each([
    ['without protection, 14 days', [], '2022-01-03T00:00:00'],
    ['after one dose of two, 14 days', [aDose(at('2021-11-01T08:00:00'), 1)], '2022-01-03T00:00:00'],
    ['with a full course, 7 days', course('2021-11-01T08:00:00'), '2021-12-27T00:00:00'],
    ['with a full course exactly 6 months old, 7 days', course('2021-06-20T08:00:00'), '2021-12-27T00:00:00'],
    ['with a full course a day older, 14 days', course('2021-06-19T08:00:00'), '2022-01-03T00:00:00'],
    ['with a course completed after the exposure, 14 days', course('2021-12-20T23:30:00'), '2022-01-03T00:00:00'],
    ['after a recovery 6 months ago, 7 days', [aRecovery(at('2021-06-20T08:00:00'))], '2021-12-27T00:00:00'],
    ['after a recovery longer ago, 14 days', [aRecovery(at('2021-06-19T08:00:00'))], '2022-01-03T00:00:00'],
  ])('keeps an F1 in quarantine %s', (_, evidence, until) => {
    expect(colourOf(somebody(anExposure(met), ...evidence), [national], now)).toMatchObject({
      colour: 'red',
      rule: 'F1',
      nextChangeAt: at(until),
    });
  });

  it('asks of each exposure by itself how protected the person was', () => {
    const [before, after] = [anExposure(at('2021-12-18T10:00:00')), anExposure(met, { case: 'd' })];
    const subject = somebody(before, aDose(at('2021-12-01T08:00:00'), 1), aDose(at('2021-12-19T08:00:00'), 2), after);
    expect(colourOf(subject, [national], now)).toMatchObject({
      reasons: [before, after],
      nextChangeAt: at('2021-12-27T00:00:00'),
    });
    expect(colourOf(subject, [national], at('2021-12-27T00:00:00'))).toMatchObject({
      colour: 'red',
      reasons: [before],
      nextChangeAt: at('2022-01-01T00:00:00'),
    });
  });
});

describe('the place that asks', () => {
  it('decides: an area without a policy answers grey', () => {
    expect(colourOf(somebody(anExposure(met)), shipped.of(['nowhere']), now)).toEqual({
      colour: 'grey',
      rule: 'no-policy',
      reasons: [],
      text: expect.anything(),
      policy: null,
      nextChangeAt: null,
    });
  });

  it('has the policy of the nearest area it is a part of', () => {
    const place = ['27007', '79', 'VN'];
    expect(colourAt(somebody(), inForce(shipped.of(place), now), now).policy).toEqual({
      id: 'national',
      version: '2021-12-demo',
    });
    expect(colourAt(somebody(), inForce(shipped.of(['27', 'VN']), now), now).policy).toEqual({
      id: 'national',
      version: '2021-12',
    });
  });

  it('changes when a published version begins and when it ends', () => {
    const begins = at('2021-12-16T00:00:00');
    const ends = at('2022-02-21T00:00:00');
    const alone = [national];
    expect(colourOf(somebody(), alone, begins - 1)).toMatchObject({ colour: 'grey', nextChangeAt: begins });
    expect(colourOf(somebody(), alone, begins)).toMatchObject({ colour: 'green', nextChangeAt: ends });
    expect(colourOf(somebody(), alone, ends)).toMatchObject({ rule: 'no-policy', nextChangeAt: null });
  });

  it('goes from one version to the one that supersedes it at the midnight between them', () => {
    const f1 = somebody(anExposure(at('2022-02-16T10:00:00')));
    const begins = at('2022-02-21T00:00:00');
    expect(colourOf(f1, shipped.of(['VN']), begins - 1)).toMatchObject({
      policy: { version: '2021-12' },
      nextChangeAt: at('2022-02-23T00:00:00'),
    });
    expect(colourOf(f1, shipped.of(['VN']), begins)).toMatchObject({ policy: { version: '2022-02-762' } });
  });

  it('obeys the newest of two versions in force', () => {
    const newer = { ...neutral, version: '2', validFrom: now, colours: neutral.colours.slice(-1) };
    const versions = [newer, neutral];
    expect(colourOf(somebody(aCase(met)), versions, now - 1)).toMatchObject({ colour: 'red', nextChangeAt: now });
    expect(colourOf(somebody(aCase(met)), versions, now)).toMatchObject({ colour: 'green', nextChangeAt: null });
  });
});

describe('the reasons of a colour', () => {
  it('are the facts it rests on, and no others', () => {
    const [f1, other, f2] = [anExposure(met), anExposure(met, { case: 'd' }), anExposure(met, { case: 'e', level: 2 })];
    const old = anExposure(met - 30 * 86_400_000, { case: 'f' });
    expect(colourAt(somebody(f2, f1, old, other), neutral, now).reasons).toEqual([f1, other]);
    expect(colourAt(somebody(), neutral, now).reasons).toEqual([]);
  });

  it('changing alone, they make a change: a second exposure tells again, and its end too', () => {
    const [first, second] = [anExposure(met), anExposure(at('2021-12-25T10:00:00'), { case: 'd' })];
    const subject = somebody(first, second);
    expect(colourOf(subject, [neutral], now)).toMatchObject({ reasons: [first], nextChangeAt: second.at });
    expect(colourOf(subject, [neutral], second.at)).toMatchObject({
      colour: 'red',
      reasons: [first, second],
      nextChangeAt: at('2022-01-03T00:00:00'),
    });
  });

  it('of an override are the override, until it ends', () => {
    const override = anOverride(met, now + 5_000, 'green');
    expect(colourOf(somebody(anExposure(met), override), [neutral], now)).toMatchObject({
      reasons: [override],
      nextChangeAt: now + 5_000,
    });
  });
});

it('a rule that fails on the facts answers grey and says which', () => {
  const Logic = { '<': [{ var: 'exposures.0.setting' }, 3] } as never;
  const broken = { ...neutral, colours: [{ ...neutral.colours[0]!, Identifier: 'broken', Logic }] };
  expect(colourAt(somebody(anExposure(met)), broken, now)).toMatchObject({ colour: 'grey', rule: 'fault:broken' });
});

function twice(more: { trust: number }) {
  return [anExposure(met, more), anExposure(met, { ...more, case: 'd' })];
}
