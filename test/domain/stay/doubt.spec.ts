import { describe, expect, it } from '@jest/globals';
import { doubtsOf, type Before } from '../../../src/domain/stay/doubt.js';
import { foldScans } from '../../../src/domain/stay/fold.js';
import type { Scan } from '../../../src/domain/stay/scan.js';
import { aScan, at, rules, shippedRules } from './world.js';

const hoanKiem = { lat: 21.0287, lon: 105.8523 };
/** 13 km from Hoàn Kiếm as the crow flies; 88, 1,140 and 0.1 km the others. */
const haDong = { lat: 20.9402, lon: 105.7731 };
const haiPhong = { lat: 20.8449, lon: 106.6881 };
const benThanh = { lat: 10.7725, lon: 106.698 };
const acrossTheStreet = { lat: 21.0287, lon: 105.8533 };

const code = { id: 'c1', issuedAt: at('10:00') };
const before = (more: Partial<Before> = {}): Before => ({ venue: 'V', at: at('10:00'), point: hoanKiem, ...more });
const later = (clock: string, more: Partial<Scan> = {}) => aScan('in', clock, { venue: 'W', kind: 'market', ...more });
const at4 = (kind: Scan['kind']) => aScan('in', '04:00', { kind });
const ahead = (seconds: number) => aScan('in', '10:00', { receivedAt: at('10:00') - seconds * 1_000 });
const madeAt = (clock: string, more: Partial<Scan> = {}) =>
  aScan('in', '10:00', { card: { id: 'c1', issuedAt: at(clock) }, ...more });

describe('why a scan is doubted', () => {
  it.each<[string, Scan, Before | null, string[]]>([
    ['13 km in four minutes', later('10:04', { point: haDong }), before(), ['two-places']],
    ['13 km in six minutes, on an expressway', later('10:06', { point: haDong }), before(), []],
    ['the same place, whatever the time', later('10:00', { point: hoanKiem, venue: 'V' }), before(), []],
    ['a door across the street in no time', later('10:00', { point: acrossTheStreet }), before(), []],
    ['88 km in forty minutes', later('10:40', { point: haiPhong }), before(), ['two-places']],
    ['88 km in three quarters of an hour', later('10:45', { point: haiPhong }), before(), []],
    ['Hà Nội to Sài Gòn in an hour', later('11:00', { point: benThanh }), before(), ['two-places']],
    ['Hà Nội to Sài Gòn in an hour and a half, by air', later('11:30', { point: benThanh }), before(), []],
    ['a place that nobody has put on the map', later('10:01'), before(), []],
    ['after one that nobody has put on the map', later('10:01', { point: haDong }), before({ point: undefined }), []],
    ['the first scan there is', later('10:00', { point: haDong }), null, []],
    ['one rotating code at two places', later('10:01', { card: code }), before({ card: code }), ['copied-code']],
    [
      'one rotating code at a neighbour’s door',
      later('10:01', { card: code, point: acrossTheStreet }),
      before({ card: code }),
      [],
    ],
    ['the next code of the same person', later('10:01', { card: { ...code, id: 'c2' } }), before({ card: code }), []],
    ['one rotating code twice at one place', later('10:01', { card: code, venue: 'V' }), before({ card: code }), []],
    ['an office at four in the morning', at4('office'), null, ['night']],
    ['a market at four in the morning', at4('market'), null, []],
    ['a hospital at four in the morning', at4('hospital'), null, []],
    ['an office at a minute to three', aScan('in', '02:59', { kind: 'office' }), null, []],
    ['an office at three', aScan('in', '03:00', { kind: 'office' }), null, ['night']],
    ['an office at five', aScan('in', '05:00', { kind: 'office' }), null, []],
    ['a gate whose clock is two minutes ahead', ahead(120), null, ['wrong-clock']],
    ['a gate whose clock is a minute ahead', ahead(60), null, []],
    ['an upload of yesterday', aScan('in', '10:00', { receivedAt: at('10:00', 1) }), null, []],
    ['a code read six minutes before it was made', madeAt('10:06'), null, ['wrong-clock']],
    ['a code read four minutes before it was made', madeAt('10:04'), null, []],
    [
      'several things at once',
      aScan('in', '04:00', { venue: 'W', kind: 'shop', point: benThanh, receivedAt: at('03:50') }),
      before({ at: at('03:55') }),
      ['two-places', 'night', 'wrong-clock'],
    ],
  ])('%s', (_, scan, last, expected) => {
    expect(doubtsOf(scan, last, rules.doubts).map(({ kind }) => kind)).toEqual(expected);
  });

  it('names the other place and how far it is', () => {
    const [doubt] = doubtsOf(later('10:04', { point: haDong }), before(), rules.doubts);
    expect(doubt!.other).toMatchObject({ venue: 'V', at: at('10:00') });
    expect(doubt!.other!.km).toBeCloseTo(12.8, 1);
  });
});

describe('what a doubt does to stays', () => {
  const fold = (...scans: Scan[]) => foldScans(scans, [], shippedRules);
  const trusts = (...scans: Scan[]) => fold(...scans).stays.map(({ venue, trust }) => [venue, trust]);
  const there = (direction: 'in' | 'out', clock: string) => aScan(direction, clock, { point: hoanKiem });
  const far = (clock: string) => aScan('in', clock, { venue: 'W', point: haiPhong });

  it('halves the trust of both, as nobody can tell which of them is true', () => {
    expect(trusts(there('in', '10:00'), far('10:10'))).toEqual([
      ['V', 0.25], // and its end is assumed
      ['W', 0.25],
    ]);
  });

  it('leaves a stay that had ended before as it was', () => {
    expect(trusts(there('in', '10:00'), there('out', '10:20'), far('10:30'))).toEqual([
      ['V', 1],
      ['W', 0.25],
    ]);
  });

  it('is told of the scans it is about, also of one that was denied, and is gone with them', () => {
    const denied = { ...far('10:10'), decision: 'deny' as const };
    const { doubts } = fold(there('in', '10:00'), denied);
    expect(doubts).toMatchObject([{ kind: 'two-places', scan: { scanId: denied.scanId } }]);
    expect(
      foldScans([there('in', '10:00'), denied], [{ ...denied, undoneAt: denied.at }], shippedRules).doubts,
    ).toEqual([]);
  });
});
