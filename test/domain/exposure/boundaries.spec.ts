import { describe, expect, it } from '@jest/globals';
import type { WorldStay } from '../../reference/world.js';
import { an, at, binh, found, stay, type Given } from './cafe.js';

const office = { venue: 'office' };
const binhTuesday = stay('bình', at('10:00', 1), at('11:00', 1), office);
const dung = (from: string, to: string) => stay('dũng', at(from, 1), at(to, 1), office);
const linger = { contact: { lingerMinutes: 30 } };

describe('a person is exposed', () => {
  it.each<[string, WorldStay[], Given, string[]]>([
    ['when the fifteenth minute together is over', [binh], {}, ['bình 1 09:45']],
    ['by exactly fifteen minutes', [stay('bình', at('09:45'), at('11:00'))], {}, ['bình 1 10:00']],
    ['not by a second less', [stay('bình', at('09:45:01'), at('11:00'))], {}, []],
    ['not by coming as the case leaves', [stay('chi', at('10:00'), at('11:00'))], {}, []],
    ['by air that lingers', [stay('chi', at('10:00'), at('11:00'))], linger, ['chi 1 10:15']],
    ['not by air that has gone before they came', [stay('chi', at('10:16'), at('11:00'))], linger, []],
    ['not in another zone', [{ ...binh, zone: 'terrace' }], {}, []],
    [
      'in another zone where zones do not part',
      [{ ...binh, zone: 'b' }],
      { contact: { otherZone: 0 } },
      ['bình 1 09:45'],
    ],
    ['not at another venue', [{ ...binh, ...office }], {}, []],
    [
      'by any length where the minimum is nothing',
      [stay('bình', at('09:59:59'), at('11:00'))],
      { contact: { minMinutes: 0 } },
      ['bình 1 09:59'],
    ],
    [
      'by a stay as sure as the policy asks',
      [{ ...binh, trust: 0.5 }],
      { contact: { minTrust: 0.5 } },
      ['bình 1 09:45'],
    ],
    ['not by a stay less sure', [{ ...binh, trust: 0.4 }], { contact: { minTrust: 0.5 } }, []],
    ['not after the isolation of the case', [binh], { case: { isolatedAt: at('09:44') } }, []],
    ['up to the isolation of the case', [binh], { case: { isolatedAt: at('09:45') } }, ['bình 1 09:45']],
    [
      'by two short meetings of a day where a day is added up',
      [stay('bình', at('09:00'), at('09:08')), stay('bình', at('09:50'), at('11:00'))],
      { contact: { accumulate: 'day' } },
      ['bình 1 09:57'],
    ],
    [
      'not by two short meetings otherwise',
      [stay('bình', at('09:00'), at('09:08')), stay('bình', at('09:50'), at('11:00'))],
      {},
      [],
    ],
  ])('%s', async (_, stays, given, expected) => {
    expect(await found(stays, given)).toEqual(expected);
  });
});

describe('somebody exposed passes it on', () => {
  const first = 'bình 1 09:45';
  const cleared = (kind: string, sampledAt: number): Given => {
    return { standing: { bình: { isolations: [], negatives: [{ kind, sampledAt }] } } };
  };
  const apart = (from: number, to: number): Given => {
    return { standing: { bình: { isolations: [{ from, to }], negatives: [] } } };
  };

  it.each<[string, WorldStay[], Given, string[]]>([
    ['a day after the exposure', [dung('10:30', '11:30')], {}, [first, 'dũng 2 10:45 +1']],
    [
      'not before that day is over',
      [stay('bình', at('09:00', 1), at('09:59', 1), office), dung('09:00', '09:59')],
      {},
      [first],
    ],
    [
      'from the very instant on',
      [stay('bình', at('09:00', 1), at('10:00', 1), office), dung('09:00', '10:00')],
      {},
      [first, 'dũng 2 10:00 +1'],
    ],
    ['not to the case itself', [{ ...an, ...office, in: at('10:00', 1), out: at('11:00', 1) }], {}, [first]],
    [
      'not at a level that the policy does not ask for',
      [dung('10:30', '11:30')],
      { contact: { maxLevel: 1 } },
      [first],
    ],
    ['not once apart', [dung('10:30', '11:30')], apart(at('10:44', 1), Infinity), [first]],
    ['until apart', [dung('10:30', '11:30')], apart(at('10:45', 1), Infinity), [first, 'dũng 2 10:45 +1']],
    [
      'in spite of an isolation that was over by then',
      [dung('10:30', '11:30')],
      apart(at('10:00'), at('09:45', 1)),
      [first, 'dũng 2 10:45 +1'],
    ],
    [
      'not after an isolation in force when it would begin',
      [dung('10:30', '11:30')],
      apart(at('10:00'), at('09:46', 1)),
      [first],
    ],
    ['not when a test five days later clears', [dung('10:30', '11:30')], cleared('pcr', at('09:45', 5)), [first]],
    ['in spite of a test sooner', [dung('10:30', '11:30')], cleared('pcr', at('09:44', 5)), [first, 'dũng 2 10:45 +1']],
    [
      'in spite of a test of another kind',
      [dung('10:30', '11:30')],
      cleared('antigen', at('09:45', 5)),
      [first, 'dũng 2 10:45 +1'],
    ],
  ])('%s', async (_, stays, given, expected) => {
    expect(await found([binh, binhTuesday, ...stays].filter(notTwice), given)).toEqual(expected);
  });

  /** A row that says where Bình was on Tuesday replaces the office hours. */
  function notTwice(each: WorldStay, _: number, all: WorldStay[]): boolean {
    const others = all.filter((one) => one !== binhTuesday && one.person === 'bình' && one.venue === 'office');
    return each !== binhTuesday || others.length === 0;
  }
});
