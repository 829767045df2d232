import { describe, expect, it } from '@jest/globals';
import { dayKey, daysTouched } from '../../../src/domain/stay/day.js';
import { foldScans } from '../../../src/domain/stay/fold.js';
import { unpackLine } from '../../../src/domain/stay/packed.js';
import type { Scan } from '../../../src/domain/stay/scan.js';
import { aScan, at, rules, shippedRules } from './world.js';

const clock = (ms: number) => new Date(ms + 7 * 3_600_000).toISOString().slice(11, 16);
/** Stays as people write them: `V 10:00-11:00`, with `~` for an assumed end. */
const told = (scans: Scan[], undone: Scan[] = []) =>
  foldScans(
    scans,
    undone.map((s) => ({ ...s, undoneAt: s.at })),
    shippedRules,
  ).stays.map((s) => `${s.venue}${s.zone && `/${s.zone}`} ${clock(s.in)}-${clock(s.out)}${s.assumed ? '~' : ''}`);

const W = { venue: 'W', kind: 'shop' } as const; // typically 30, at most 180 minutes
const C = { venue: 'C', kind: 'checkpoint' } as const;
const a = { zone: 'a' };
const scan = aScan;

describe('folding scans into stays (SPEC section 4)', () => {
  it.each<[string, Scan[], string[]]>([
    ['in and out is a stay with a true end', [scan('in', '10:00'), scan('out', '10:40')], ['V 10:00-10:40']],
    ['in alone lasts as long as is typical there', [scan('in', '10:00')], ['V 10:00-11:00~']],
    ['a shop has typical minutes of its own', [scan('in', '10:00', W)], ['W 10:00-10:30~']],
    ['out after the assumed end still is the true end', [scan('in', '10:00'), scan('out', '12:30')], ['V 10:00-12:30']],
    ['out exactly at the longest time is the true end', [scan('in', '10:00'), scan('out', '13:00')], ['V 10:00-13:00']],
    [
      'out a minute after the longest time leaves the first stay assumed and makes another',
      [scan('in', '10:00'), scan('out', '13:01')],
      ['V 10:00-11:00~', 'V 12:01-13:01~'],
    ],
    [
      'out of another zone of the same venue ends the stay',
      [scan('in', '10:00', a), scan('out', '10:30')],
      ['V/a 10:00-10:30'],
    ],
    ['out of nowhere is a stay of typical length before it', [scan('out', '10:00')], ['V 09:00-10:00~']],
    [
      'out of nowhere never reaches back into the previous stay',
      [scan('in', '10:00'), scan('out', '10:30'), scan('out', '10:50')],
      ['V 10:00-10:30', 'V 10:30-10:50~'],
    ],
    [
      'out of another place before the assumed end changes nothing',
      [scan('in', '10:00'), scan('out', '10:30', W), scan('out', '10:45')],
      ['V 10:00-10:45'],
    ],
    [
      'out of another place from the assumed end on is a stay there, and nobody is anywhere after',
      [scan('in', '10:00'), scan('out', '11:00', W), scan('out', '11:30', { zone: 'b' })],
      ['V 10:00-11:00~', 'V/b 11:00-11:30~'],
    ],
    [
      'in at another place ends the stay there',
      [scan('in', '10:00'), scan('in', '10:20', W), scan('out', '10:40', W)],
      ['V 10:00-10:20~', 'W 10:20-10:40'],
    ],
    [
      'in at another place after the assumed end leaves a gap',
      [scan('in', '10:00'), scan('in', '12:00', W)],
      ['V 10:00-11:00~', 'W 12:00-12:30~'],
    ],
    ['in again before the assumed end only confirms', [scan('in', '10:00'), scan('in', '10:50')], ['V 10:00-11:00~']],
    [
      'in again at the assumed end is a new stay',
      [scan('in', '10:00'), scan('in', '11:00')],
      ['V 10:00-11:00~', 'V 11:00-12:00~'],
    ],
    [
      'in to another zone is a new stay',
      [scan('in', '10:00'), scan('in', '10:10', a)],
      ['V 10:00-10:10~', 'V/a 10:10-11:10~'],
    ],
    [
      'a late out corrects an assumed end',
      [scan('out', '10:20', { receivedAt: at('10:00', 3) }), scan('in', '10:00')],
      ['V 10:00-10:20'],
    ],
    [
      'in and out at one instant: the out comes first',
      [scan('in', '10:00'), scan('out', '10:00')],
      ['V 09:00-10:00~', 'V 10:00-11:00~'],
    ],
  ])('%s', (_, scans, stays) => expect(told(scans)).toEqual(stays));
});

describe('automatic direction', () => {
  it.each<[string, Scan[], string[]]>([
    ['goes in, then out', [scan('auto', '10:00'), scan('auto', '10:30')], ['V 10:00-10:30']],
    [
      'goes out after the assumed end, up to the longest time',
      [scan('auto', '10:00'), scan('auto', '13:00')],
      ['V 10:00-13:00'],
    ],
    [
      'goes in anew after the longest time',
      [scan('auto', '10:00'), scan('auto', '13:01')],
      ['V 10:00-11:00~', 'V 13:01-14:01~'],
    ],
    [
      'goes in when walking into another zone',
      [scan('auto', '10:00'), scan('auto', '10:30', a)],
      ['V 10:00-10:30~', 'V/a 10:30-11:30~'],
    ],
  ])('%s', (_, scans, stays) => expect(told(scans)).toEqual(stays));
});

describe('repeated scans', () => {
  it.each<[string, Scan[], string[]]>([
    [
      'less than five minutes later change nothing',
      [scan('auto', '10:00'), scan('auto', '10:04:59')],
      ['V 10:00-11:00~'],
    ],
    ['five minutes later count', [scan('auto', '10:00'), scan('auto', '10:05')], ['V 10:00-10:05']],
    [
      'are measured from the preceding scan, be it a repeat or not',
      [scan('auto', '10:00'), scan('auto', '10:04'), scan('auto', '10:08')],
      ['V 10:00-11:00~'],
    ],
    [
      'in another zone are no repeats',
      [scan('auto', '10:00'), scan('auto', '10:02', a)],
      ['V 10:00-10:02~', 'V/a 10:02-11:02~'],
    ],
    ['with another request are no repeats', [scan('in', '10:00'), scan('out', '10:02')], ['V 10:00-10:02']],
    [
      'after a checkpoint pass are no repeats',
      [scan('in', '10:00'), scan('in', '10:01', C), scan('in', '10:02')],
      ['V 10:00-10:01~', 'V 10:02-11:02~'],
    ],
  ])('%s', (_, scans, stays) => expect(told(scans)).toEqual(stays));
});

describe('checkpoints', () => {
  it.each<[string, Scan[], string[]]>([
    ['end a stay and open none', [scan('in', '10:00'), scan('in', '10:30', C)], ['V 10:00-10:30~']],
    [
      'do so when they refuse somebody, too',
      [scan('in', '10:00'), scan('in', '10:30', { ...C, decision: 'deny' })],
      ['V 10:00-10:30~'],
    ],
    ['never lengthen a stay', [scan('in', '10:00'), scan('in', '12:00', C)], ['V 10:00-11:00~']],
    [
      'leave nobody anywhere',
      [scan('in', '10:00'), scan('in', '10:30', C), scan('out', '10:40')],
      ['V 10:00-10:30~', 'V 10:30-10:40~'],
    ],
  ])('%s', (_, scans, stays) => expect(told(scans)).toEqual(stays));
});

describe('scans that were denied, forced or taken back', () => {
  const deny = { decision: 'deny' } as const;
  it.each<[string, Scan[], string[]]>([
    ['denied in opens no stay', [scan('in', '10:00', deny)], []],
    [
      'denied in leaves the stay before it alone',
      [scan('in', '10:00'), scan('in', '10:30', { ...W, ...deny })],
      ['V 10:00-11:00~'],
    ],
    [
      'denied in does not make the next scan a repeat',
      [scan('in', '10:00', deny), scan('in', '10:02')],
      ['V 10:02-11:02~'],
    ],
    [
      'forced in counts although the server denied it',
      [scan('in', '10:00', { ...deny, force: true })],
      ['V 10:00-11:00~'],
    ],
    [
      'let in while offline counts although the server denied it',
      [scan('in', '10:00', { ...deny, decided: 'allow' })],
      ['V 10:00-11:00~'],
    ],
    [
      'denied while offline counts for nothing although the server allows it',
      [scan('in', '10:00', { decided: 'deny' })],
      [],
    ],
    [
      'forced outranks a denial while offline',
      [scan('in', '10:00', { decided: 'deny', force: true })],
      ['V 10:00-11:00~'],
    ],
    ['going out is never denied', [scan('in', '10:00'), scan('out', '10:30', deny)], ['V 10:00-10:30']],
    ['automatic out is never denied', [scan('auto', '10:00'), scan('auto', '10:30', deny)], ['V 10:00-10:30']],
    ['automatic in that was denied opens no stay', [scan('auto', '10:00', deny)], []],
  ])('%s', (_, scans, stays) => expect(told(scans)).toEqual(stays));

  it('takes a scan back, whichever of the two arrived first', () => {
    const opening = scan('in', '10:00');
    expect(told([opening, scan('out', '10:30')], [opening])).toEqual(['V 09:30-10:30~']);
  });

  it('counts the last stored copy when copies differ in the server’s decision', () => {
    const first = scan('in', '10:00', deny);
    const again = { ...first, decision: 'allow', receivedAt: first.receivedAt + 60_000 } as const;
    expect(told([again, first])).toEqual(['V 10:00-11:00~']);
  });
});

describe('what a stay is worth', () => {
  const fold = (scans: Scan[]) => foldScans(scans, [], shippedRules);

  it('keeps the trust of its opening scan when its end is true', () => {
    expect(fold([scan('in', '10:00', { trust: 0.9 }), scan('out', '10:30', { trust: 0.3 })]).stays[0]!.trust).toBe(0.9);
  });

  it('is worth half when its end is assumed', () => {
    expect(fold([scan('in', '10:00', { trust: 0.9 })]).stays[0]!.trust).toBeCloseTo(0.45);
    expect(fold([scan('out', '10:00', { trust: 0.5 })]).stays[0]!.trust).toBeCloseTo(0.25);
  });

  it('names unmatched scans for the quality of a gate', () => {
    const out = scan('out', '10:30', W);
    expect(fold([scan('in', '10:00'), out]).unmatched).toEqual([out]);
  });

  it('is open until something ends it', () => {
    const opening = scan('in', '10:00');
    expect(fold([opening]).stays[0]!.open).toBe(true);
    expect(fold([opening, scan('out', '10:30')]).stays[0]!.open).toBe(false);
  });

  it('follows the policy in force at its opening scan', () => {
    const shorter = { ...rules, typicalMinutes: { ...rules.typicalMinutes, restaurant: 20 } };
    const switching = (_: string | null, ms: number) => (ms < at('12:00') ? rules : shorter);
    const { stays } = foldScans([scan('in', '11:50'), scan('in', '13:00', W), scan('in', '14:00')], [], switching);
    expect(stays.map((s) => (s.out - s.in) / 60_000)).toEqual([60, 30, 20]);
  });
});

describe('storage', () => {
  it('puts a stay across midnight into both days', () => {
    expect(daysTouched(at('23:30'), at('00:30', 1))).toEqual(['20211003', '20211004']);
    expect(daysTouched(at('23:30'), at('00:00', 1))).toEqual(['20211003']);
    expect(dayKey(at('00:00'))).toBe('20211003');
  });

  it.each(['', 'null', '[]', '["s"]', '["u","g"]', '["x",1]', '{'])('refuses the damaged line %j', (line) => {
    expect(() => unpackLine(line)).toThrow();
  });
});
