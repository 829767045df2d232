import { describe, expect, it } from '@jest/globals';
import { everybody, isWanted, zonesOf } from '../../../web/officer/wanted.js';

/** A time of one day in Saigon. */
const at = (time: string): string => `2026-10-03T${time}:00+07:00`;

const met = (venue: string, from: string, to: string) => ({ venue, from: at(from), to: at(to) });
type Met = ReturnType<typeof met>;

const aContact = (level: number, witness: Met, encounters: Met[] = []) => ({ level, minutes: 45, witness, encounters });

const aStay = (venue: string, zone: string, from: string) => ({ venue: { id: venue }, zone, in: at(from) });

const zoneOf = zonesOf([aStay('club', 'hall', '10:00'), aStay('club', 'terrace', '11:00'), aStay('shop', '', '13:00')]);

describe('the zone of a meeting', () => {
  it.each([
    ['is where the case was when it began', 1, met('club', '10:10', '10:50'), 'hall'],
    ['is the later one from the instant the case went there', 1, met('club', '11:00', '11:20'), 'terrace'],
    ['is where the case had been, when the other came into its air', 1, met('club', '12:05', '12:20'), 'terrace'],
    ['is unknown before the case was there', 1, met('club', '09:00', '09:30'), undefined],
    ['is unknown at a place without zones', 1, met('shop', '13:00', '13:30'), undefined],
    ['is unknown between two others', 2, met('club', '10:10', '10:50'), undefined],
  ])('%s', (_, level, meeting, zone) => {
    expect(zoneOf(aContact(level, meeting), meeting)).toBe(zone);
  });
});

describe('a contact is wanted', () => {
  const both = aContact(1, met('club', '10:10', '10:50'), [met('shop', '13:00', '13:30')]);
  it.each([
    ['by nobody in particular', {}, true],
    ['by a zone of one of the meetings', { zone: 'hall' }, true],
    ['not by another zone', { zone: 'terrace' }, false],
    ['not by a zone of one meeting and the place of another', { zone: 'hall', venue: 'shop' }, false],
    ['by day and place of one meeting', { day: '2026-10-03', venue: 'shop' }, true],
    ['not by another day', { day: '2026-10-04' }, false],
    ['not with too few minutes', { minutes: 46 }, false],
    ['not at another level', { level: 2 }, false],
  ])('%s', (_, wanted, isIt) => {
    expect(isWanted(both, { ...everybody, ...wanted }, zoneOf)).toBe(isIt);
  });
});
