import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '../../../src/domain/colour/colour.js';
import { newsOf, tellReason } from '../../../src/domain/colour/told.js';
import { anExposure, anOverride, at } from './evidence.js';

const met = at('2021-12-20T23:00:00');

describe('what a person is told of a reason', () => {
  it('is when, how long and in what kind of place, and never who', () => {
    expect(tellReason(anExposure(met, { dose: 3.5 }))).toEqual({
      kind: 'exposure',
      at: '2021-12-20T16:00:00.000Z',
      until: '2021-12-20T16:30:00.000Z',
      level: 1,
      minutes: 45,
      setting: 'closed',
    });
  });

  it('of an override is its reason and its end, and no officer', () => {
    const told = tellReason(anOverride(met, met + 1, 'green'));
    expect(told).toMatchObject({ reason: expect.any(String), until: '2021-12-20T16:00:00.001Z' });
    expect(JSON.stringify(told)).not.toContain('officer');
  });
});

type News = Pick<Verdict, 'colour' | 'rule' | 'reasons'>;

describe('news', () => {
  const told = ({ colour, rule, reasons }: News) => newsOf({ colour, rule, reasons: reasons.map(tellReason) });
  const red = { colour: 'red' as const, rule: 'F1', reasons: [anExposure(met), anExposure(met, { minutes: 20 })] };

  it.each([
    ['the same reasons in another order are no news', { ...red, reasons: red.reasons.toReversed() }, true],
    [
      'another case that looks the same to the person is none',
      { ...red, reasons: [anExposure(met, { case: 'z' }), red.reasons[1]!] },
      true,
    ],
    ['a reason less is', { ...red, reasons: red.reasons.slice(1) }, false],
    [
      'a second exposure that looks the same is',
      { ...red, reasons: [...red.reasons, anExposure(met, { case: 'z' })] },
      false,
    ],
    ['another rule is', { ...red, rule: 'F0' }, false],
    ['another colour is', { ...red, colour: 'yellow' as const }, false],
  ])('%s', (_, verdict, same) => {
    expect(told(verdict) === told(red)).toBe(same);
  });
});
