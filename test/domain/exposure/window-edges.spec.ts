import { describe, expect, it } from '@jest/globals';
import type { WorldStay } from '../../reference/world.js';
import { at, binh, found, together, type Given } from './cafe.js';

/* Computed by hand from SPEC section 5. Where nothing else is said, the onset of An is Monday at 00:00 in Viet Nam. */

const pair = (from: number, to: number) => together('home', ['an', 'bình'], from, to);
/** What happens, where people were, what is otherwise than usual, and who is exposed then. */
type Row = [string, WorldStay[], Given, string[]];

describe('a case passes it on', () => {
  const sampled: Given = { case: { onset: null, sampledAt: at('12:00') } };
  const longBefore = { infectious: { beforeDays: 2, afterDays: 10, asymptomaticBeforeDays: 3 } };

  it.each<Row>([
    ['from two days before the onset on', pair(at('00:00', -2), at('00:15', -2)), {}, ['bình 1 00:15 -2']],
    ['counted from then, not from when they met', pair(at('23:50', -3), at('00:15', -2)), {}, ['bình 1 00:15 -2']],
    ['not a second less than that', pair(at('23:50', -3), at('00:14:59', -2)), {}, []],
    ['until ten days after the onset', pair(at('23:45', 9), at('00:30', 10)), {}, ['bình 1 00:00 +10']],
    ['not by the minutes after that', pair(at('23:46', 9), at('00:30', 10)), {}, []],
    [
      'by air that still hangs when that time is over',
      pair(at('23:46', 9), at('00:30', 10)),
      { contact: { lingerMinutes: 1 } },
      ['bình 1 00:01 +10'],
    ],
    ['from two days before the sample on, without an onset', pair(at('11:50', -2), at('12:15', -2)), sampled, ['bình 1 12:15 -2']], // prettier-ignore
    ['not a second less than that, without an onset', pair(at('11:50', -2), at('12:14:59', -2)), sampled, []],
    ['until ten days after the sample, without an onset', pair(at('11:45', 10), at('12:30', 10)), sampled, ['bình 1 12:00 +10']], // prettier-ignore
    ['not by the minutes after that, without an onset', pair(at('11:46', 10), at('12:30', 10)), sampled, []],
    [
      'without an onset by as many days as the policy has for that',
      pair(at('12:00', -3), at('12:15', -3)),
      { ...sampled, contact: longBefore },
      ['bình 1 12:15 -3'],
    ],
    ['with an onset by no more days than for that', pair(at('12:00', -3), at('12:15', -3)), { contact: longBefore }, []], // prettier-ignore
    [
      'by the onset where both are known',
      pair(at('10:00', 11), at('11:00', 11)),
      { case: { sampledAt: at('00:00', 3) } },
      [],
    ],
    ['to nobody when isolated as that begins', [binh], { case: { isolatedAt: at('00:00', -2) } }, []],
    [
      'no longer for an isolation that came after it was over',
      pair(at('23:46', 9), at('00:30', 10)),
      { case: { isolatedAt: at('00:00', 20) } },
      [],
    ],
  ])('%s', async (_, stays, given, expected) => {
    expect(await found(stays, given)).toEqual(expected);
  });
});

describe('somebody exposed on Monday at 09:45 carries it', () => {
  const first = 'bình 1 09:45';
  const meet = (from: number, to: number) => [binh, ...together('office', ['bình', 'dũng'], from, to)];

  it.each<Row>([
    ['until the fourteen days after the first are over', meet(at('09:30', 15), at('10:30', 15)), {}, [first, 'dũng 2 09:45 +15']], // prettier-ignore
    ['not by the minutes after that', meet(at('09:31', 15), at('10:30', 15)), {}, [first]],
    [
      'from the exposure on where nothing is latent',
      meet(at('09:30'), at('10:00')),
      { contact: { carrier: { latentDays: 0, carryDays: 14 } } },
      [first, 'dũng 2 10:00'],
    ],
    [
      'never where it is carried for no day',
      meet(at('10:00', 1), at('11:00', 1)),
      { contact: { carrier: { latentDays: 1, carryDays: 0 } } },
      [first],
    ],
  ])('%s', async (_, stays, given, expected) => {
    expect(await found(stays, given)).toEqual(expected);
  });
});

describe('a chain', () => {
  const links = [
    binh,
    ...together('office', ['bình', 'chi'], at('10:00', 1), at('11:00', 1)),
    ...together('gym', ['chi', 'dũng'], at('10:30', 2), at('11:00', 2)),
    ...together('school', ['dũng', 'em'], at('11:00', 3), at('12:00', 3)),
    ...together('park', ['em', 'giang'], at('12:00', 4), at('13:00', 4)),
    ...together('pool', ['giang', 'hà'], at('13:00', 5), at('14:00', 5)),
  ];
  const chain = ['bình 1 09:45', 'chi 2 10:15 +1', 'dũng 3 10:45 +2', 'em 4 11:15 +3', 'giang 5 12:15 +4'];
  const deep = (maxLevel: number): Given => ({ contact: { maxLevel } });

  it.each<Row>([
    ['ends at level two in the neutral policy', links, {}, chain.slice(0, 2)],
    ['goes on to level three where the policy asks for it', links, deep(3), chain.slice(0, 3)],
    ['goes on to level five, and no further', links, deep(5), chain],
    [
      'waits a latent day at each level, not only at the first',
      [...links.slice(0, 3), ...together('gym', ['chi', 'dũng'], at('09:45', 2), at('10:15', 2))],
      deep(3),
      chain.slice(0, 2),
    ],
    [
      'gives the lowest level, though a longer way was there before it',
      [...links.slice(0, 5), ...together('shop', ['bình', 'dũng'], at('10:00', 3), at('10:30', 3))],
      deep(3),
      [...chain.slice(0, 2), 'dũng 2 10:15 +3'],
    ],
    [
      'does not lead back',
      [...links.slice(0, 3), ...together('gym', ['chi', 'bình'], at('10:30', 2), at('11:00', 2))],
      deep(5),
      chain.slice(0, 2),
    ],
    [
      'breaks where a link was apart in time',
      links,
      { ...deep(5), standing: { chi: { isolations: [{ from: at('10:44', 2), to: Infinity }], negatives: [] } } },
      chain.slice(0, 2),
    ],
  ])('%s', async (_, stays, given, expected) => {
    expect(await found(stays, given)).toEqual(expected);
  });
});
