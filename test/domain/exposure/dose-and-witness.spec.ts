import { describe, expect, it } from '@jest/globals';
import { doseText, type Exposure } from '../../../src/domain/exposure/exposure.js';
import type { WorldStay } from '../../reference/world.js';
import { at, binh, clockOf, rowsOf, stay, together, type Given } from './cafe.js';

/* Computed by hand from SPEC section 5. The onset of An is Monday at 00:00 in Viet Nam, unless a row says otherwise. */

const pair = (from: number, to: number) => together('home', ['an', 'bình'], from, to);

describe('what is kept of an exposure to the case', () => {
  const bar = (from: string, to: string, trust = 1) =>
    ['an', 'bình'].map((who) => stay(who, at(from), at(to), { venue: 'bar', trust }));
  const weights = (...infectiousness: { day: number; weight: number }[]): Given => ({ contact: { infectiousness } });
  const night = pair(at('23:30'), at('00:30', 1));
  const rising = [
    { day: 0, weight: 1 },
    { day: 1, weight: 3 },
  ];

  it.each<[string, WorldStay[], Given, string]>([
    ['minutes, dose, end and trust of one meeting', [binh], {}, '30 min, dose 30.000, until 10:00, trust 1'],
    [
      'seconds count in the dose, and not in the minutes',
      [stay('bình', at('09:30:30'), at('11:00'))],
      {},
      '29 min, dose 29.500, until 10:00, trust 1',
    ],
    [
      'half a thousandth of a dose is rounded up',
      [stay('bình', at('09:30') - 3_750, at('11:00'))],
      {},
      '30 min, dose 30.063, until 10:00, trust 1',
    ],
    ['a fifth of the dose outdoors', [binh], { settings: { cafe: 'outdoor' } }, '30 min, dose 6.000, until 10:00, trust 1'], // prettier-ignore
    ['half the dose in moving air', [binh], { settings: { cafe: 'ventilated' } }, '30 min, dose 15.000, until 10:00, trust 1'], // prettier-ignore
    ['the whole dose in a closed room', [binh], { settings: { cafe: 'closed' } }, '30 min, dose 30.000, until 10:00, trust 1'], // prettier-ignore
    [
      'the share of the policy from another zone',
      [{ ...binh, zone: 'b' }],
      { contact: { otherZone: 0.5 } },
      '30 min, dose 15.000, until 10:00, trust 1',
    ],
    [
      'no dose from another zone that weighs nothing, and yet an exposure',
      [{ ...binh, zone: 'b' }],
      { contact: { otherZone: 0 } },
      '30 min, dose 0.000, until 10:00, trust 1',
    ],
    [
      'the dose of air that lingers, until it is gone',
      [stay('bình', at('10:00'), at('11:00'))],
      { contact: { lingerMinutes: 20 } },
      '20 min, dose 20.000, until 10:20, trust 1',
    ],
    ['the trust of the less sure of two stays', [{ ...binh, trust: 0.5 }], {}, '30 min, dose 15.000, until 10:00, trust 0.5'], // prettier-ignore
    [
      'the sum of two meetings, the later end and the better trust',
      [{ ...binh, trust: 0.4 }, ...bar('14:00', '14:20', 0.8)],
      {},
      '50 min, dose 28.000, until 14:20, trust 0.8',
    ],
    ['nothing of a meeting that was too short', [binh, ...bar('14:00', '14:14')], {}, '30 min, dose 30.000, until 10:00, trust 1'], // prettier-ignore
    [
      'minutes rounded down after they are summed, not before',
      [stay('bình', at('09:30:30'), at('11:00')), ...bar('14:00', '14:20:30')],
      {},
      '50 min, dose 50.000, until 14:20, trust 1',
    ],
    ['the weight of the day of onset', [binh], weights({ day: 0, weight: 0.5 }), '30 min, dose 15.000, until 10:00, trust 1'], // prettier-ignore
    ['no dose on a day that is not listed', [binh], weights({ day: 1, weight: 1 }), '30 min, dose 0.000, until 10:00, trust 1'], // prettier-ignore
    [
      'the weight of the day after an onset a minute before midnight',
      [binh],
      { ...weights({ day: 1, weight: 2 }), case: { onset: at('23:59', -1) } },
      '30 min, dose 60.000, until 10:00, trust 1',
    ],
    [
      'the weight of the day before a sample, without an onset',
      [binh],
      { ...weights({ day: -1, weight: 0.5 }), case: { onset: null, sampledAt: at('10:00', 1) } },
      '30 min, dose 15.000, until 10:00, trust 1',
    ],
    ['the weight of the day on which a meeting begins', night, weights(...rising), '60 min, dose 60.000, until 00:30 +1, trust 1'], // prettier-ignore
    [
      'the weights of both days where a day is added up',
      night,
      { contact: { infectiousness: rising, accumulate: 'day' } },
      '60 min, dose 120.000, until 00:30 +1, trust 1',
    ],
  ])('%s', async (_, stays, given, expected) => {
    const rows = await rowsOf(stays, given);
    expect(rows.map(described)).toEqual([expected]);
  });
});

describe('the witness of an exposure', () => {
  const office = (who: string, from: string, to: string, more: Partial<WorldStay> = {}) =>
    stay(who, at(from, 1), at(to, 1), { venue: 'office', ...more });
  const zoe = { ...binh, person: 'Zoe' };

  it.each<[string, WorldStay[], Given, string]>([
    ['is the meeting that exposed first, not the longest', [...together('bar', ['an', 'bình'], at('14:00'), at('16:00')), binh], {}, 'bình via an, cafe 09:30–10:00'], // prettier-ignore
    [
      'of two at once is at the venue that comes first',
      [...together('bar', ['an', 'bình'], at('09:30'), at('10:00')), binh],
      {},
      'bình via an, bar 09:30–10:00',
    ],
    ['of two at once at one venue is the longest', [stay('bình', at('09:30'), at('09:50')), binh], {}, 'bình via an, cafe 09:30–10:00'], // prettier-ignore
    [
      'is the meeting in which a day’s sum is reached, where a day is added up',
      [...together('bar', ['an', 'bình'], at('08:00'), at('08:10')), binh],
      { contact: { accumulate: 'day' } },
      'bình via an, cafe 09:30–10:00',
    ],
    [
      'at level two is whose meeting exposed first',
      [binh, zoe, office('Zoe', '10:10', '12:00'), office('bình', '10:00', '10:30'), office('dũng', '09:50', '12:00')],
      {},
      'dũng via bình, office 10:00 +1–10:30 +1',
    ],
    [
      'of two at once is who comes first, capitals before small letters',
      [binh, zoe, office('bình', '10:00', '12:00'), office('Zoe', '10:00', '10:30'), office('dũng', '09:50', '12:00')],
      {},
      'dũng via Zoe, office 10:00 +1–10:30 +1',
    ],
  ])('%s', async (_, stays, given, expected) => {
    const row = (await rowsOf(stays, given)).at(-1)!;
    const { person, via, venue, from, to } = row;
    expect(`${person} via ${via}, ${venue} ${clockOf(from)}–${clockOf(to)}`).toBe(expected);
  });

  it('is all that is kept at level two: its minutes, its end, its trust, and no dose', async () => {
    const [morning, evening] = [office('dũng', '10:30', '12:00', { trust: 0.5 }), office('dũng', '20:00', '22:00')];
    const stays = [binh, office('bình', '10:00', '11:00'), office('bình', '20:00', '22:00'), morning, evening];
    const row = (await rowsOf(stays, {})).find(({ person }) => person === 'dũng')!;
    expect(described(row)).toBe('30 min, dose , until 11:00 +1, trust 0.5');
    expect(row.encounters).toEqual([]);
  });
});

const described = ({ minutes, dose, lastAt, trust }: Exposure): string =>
  `${minutes} min, dose ${doseText(dose)}, until ${clockOf(lastAt)}, trust ${trust}`;
