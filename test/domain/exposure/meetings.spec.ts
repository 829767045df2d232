import { describe, expect, it } from '@jest/globals';
import { neutralContact } from '../../../src/domain/policy/contact.js';
import type { WorldStay } from '../../reference/world.js';
import { at, binh, found, together, type Given } from './cafe.js';

/* Computed by hand from SPEC section 5. The onset of An is Monday at 00:00 in Viet Nam, unless a row says otherwise. */

const pair = (from: number, to: number) => together('home', ['an', 'bình'], from, to);
/** What happens, where people were, what is otherwise than usual, and who is exposed then. */
type Row = [string, WorldStay[], Given, string[]];

describe('where the meetings of a day are added up, a person is exposed', () => {
  const adding: Given = { contact: { accumulate: 'day' } };
  const overMidnight = (to: string) => pair(at('23:50'), at(to, 1));
  const twice = (people: string[], days: number) => [
    ...together('office', people, at('11:00', days), at('11:08', days)),
    ...together('gym', people, at('15:00', days), at('15:08', days)),
  ];

  it.each<Row>([
    ['by a meeting over midnight where it is not', overMidnight('00:10'), {}, ['bình 1 00:05 +1']],
    ['not by ten minutes before midnight and ten after it', overMidnight('00:10'), adding, []],
    ['by fifteen minutes after midnight, from their end on', overMidnight('00:15'), adding, ['bình 1 00:15 +1']],
    ['not by the same less a second', overMidnight('00:14:59'), adding, []],
    [
      'by both parts where midnight is at another time',
      overMidnight('00:10'),
      { contact: { accumulate: 'day', timezone: 'UTC' } },
      ['bình 1 00:05 +1'],
    ],
    ['by two short meetings at two places', twice(['an', 'bình'], 0), adding, ['bình 1 15:07']],
    [
      'not by two short meetings with a contact: only those with the case are added up',
      [binh, ...twice(['bình', 'dũng'], 1)],
      adding,
      ['bình 1 09:45'],
    ],
    [
      'not by short meetings on two days',
      [...pair(at('11:00'), at('11:08')), ...pair(at('11:00', 1), at('11:08', 1))],
      adding,
      [],
    ],
  ])('%s', async (_, stays, given, expected) => {
    expect(await found(stays, given)).toEqual(expected);
  });
});

describe('a person met without a venue is exposed', () => {
  const met = (kind: 'household' | 'vehicle' | 'proximity' | 'declared', to: string, more: Given = {}): Given => {
    return { encounters: [{ kind, personA: 'bình', personB: 'an', from: at('20:00'), to: at(to) }], ...more };
  };
  const household = (minimum: number): Given => {
    return { contact: { direct: { ...neutralContact.direct, household: minimum } } };
  };
  const phones = (from: string, to: string) => {
    return { kind: 'proximity' as const, personA: 'an', personB: 'bình', from: at(from), to: at(to) };
  };

  it.each<Row>([
    ['by a second in one household', [], met('household', '20:00:01'), ['bình 1 20:00']],
    ['by a second in one vehicle', [], met('vehicle', '20:00:01'), ['bình 1 20:00']],
    ['by a second that they told of', [], met('declared', '20:00:01'), ['bình 1 20:00']],
    ['by fifteen minutes of two phones', [], met('proximity', '20:15'), ['bình 1 20:15']],
    ['not by a second less of two phones', [], met('proximity', '20:14:59'), []],
    ['by as long in a household as the policy asks', [], met('household', '21:00', household(60)), ['bình 1 21:00']],
    ['not by a second less in a household', [], met('household', '20:59:59', household(60)), []],
    [
      'whatever is asked of a meeting at a venue',
      [],
      met('household', '20:01', { contact: { minMinutes: 60, minTrust: 1 } }),
      ['bình 1 20:00'],
    ],
    [
      'not by two short meetings of a day, even where a day is added up',
      [],
      { encounters: [phones('20:00', '20:08'), phones('21:00', '21:08')], contact: { accumulate: 'day' } },
      [],
    ],
    [
      'not before the case could pass it on',
      [],
      {
        encounters: [{ kind: 'household', personA: 'an', personB: 'bình', from: at('20:00', -4), to: at('00:00', -2) }],
      },
      [],
    ],
    [
      'by a contact too, who carries it on at home',
      [binh],
      {
        encounters: [{ kind: 'household', personA: 'bình', personB: 'chi', from: at('09:00', 1), to: at('12:00', 1) }],
      },
      ['bình 1 09:45', 'chi 2 09:45 +1'],
    ],
  ])('%s', async (_, stays, given, expected) => {
    expect(await found(stays, given)).toEqual(expected);
  });
});
