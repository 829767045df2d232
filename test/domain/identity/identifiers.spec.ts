import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  identifier,
  normaliseIdentifier,
  parsePersonText,
  systemNames,
  systemOf,
  type SystemName,
} from '../../../src/domain/identity/identifiers.js';
import { normalisePhone } from '../../../src/domain/identity/phone.js';

describe('normalisePhone', () => {
  it.each([
    ['a national number', '0912345678', '+84912345678'],
    ['spaces, dots and hyphens', '0912 345.6-78', '+84912345678'],
    ['the country without a plus', '84912345678', '+84912345678'],
    ['the country and a needless zero', '+84 (0) 912 345 678', '+84912345678'],
    ['two zeros for the plus', '0084912345678', '+84912345678'],
    ['a landline of ten digits and a zero', '02438256789', '+842438256789'],
    ['another country', '+65 9123 4567', '+6591234567'],
    ['too few digits', '09123', undefined],
    ['too many digits', '+1234567890123456', undefined],
    ['letters', '0912abc678', undefined],
    ['a masked number', '09******78', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, text, normal) => {
    expect(normalisePhone(text)).toBe(normal);
  });
});

describe('normaliseIdentifier', () => {
  it.each<[string, SystemName, string, string | undefined]>([
    ['a cccd as it stands', 'cccd', '001093029317', '001093029317'],
    ['a cccd in groups', 'cccd', '001 093 029 317', '001093029317'],
    ['a masked cccd is no number', 'cccd', '0010930***17', undefined],
    ['an old number is no cccd', 'cccd', '123456789', undefined],
    ['an old number of nine digits', 'cmnd', '123456789', '123456789'],
    ['a passport in small letters', 'passport', 'c1234567', 'C1234567'],
    ['an insurance card of fifteen characters', 'bhyt', 'dn4010000000000', 'DN4010000000000'],
    ['an insurance card of eleven characters', 'bhyt', 'DN401000000', undefined],
    ['digits of another script', 'cccd', '٠٠١٠٩٣٠٢٩٣١٧', undefined],
    ['a phone', 'phone', '0912345678', '+84912345678'],
    ['an id of an earlier app, trimmed', 'bluezone', ' AB-12 ', 'AB-12'],
    ['an id of an earlier app with zero bytes out of a damaged file', 'vneid', '\0\0AB-12', undefined],
    ['an id of a file is taken as it is written', 'import', ' Ab-12 \t', ' Ab-12 \t'],
    ['an id of a file of spaces alone', 'import', ' ', ' '],
    ['an empty id', 'import', '', undefined],
    ['half of a surrogate pair', 'import', 'a\ud800', undefined],
    ['a value beyond the longest', 'import', 'x'.repeat(257), undefined],
  ])('%s', (_, system, text, normal) => {
    expect(normaliseIdentifier(system, text)).toBe(normal);
  });

  it('normalising twice changes nothing, and no text breaks it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...systemNames), fc.string({ unit: 'binary' }), (system, text) => {
        const once = normaliseIdentifier(system, text);
        expect(once === undefined ? undefined : normaliseIdentifier(system, once)).toBe(once);
      }),
    );
  });

  it('only a phone number is weak', () => {
    expect(systemNames.filter((name) => !systemOf(name).strong)).toEqual(['phone']);
  });
});

describe('identifier', () => {
  it.each([
    ['a value that is none of its system', { system: 'cccd', value: '12' }, 'expected 12 digits'],
    ['a system nobody knows', { system: 'toString', value: '12' }, 'Invalid option'],
    ['a field nobody knows', { system: 'cccd', value: '001093029317', strong: true }, 'Unrecognized key'],
  ])('%s is refused', (_, body, message) => {
    const { error } = identifier.safeParse(body);
    expect(error?.issues[0]?.message).toContain(message);
  });
});

describe('parsePersonText', () => {
  it.each([
    ['a system and a value', 'cccd:001093029317', { system: 'cccd', value: '001093029317' }],
    ['a bare value is an id of a file', '4711', { system: 'import', value: '4711' }],
    ['a colon after no system belongs to the value', 'house:12', { system: 'import', value: 'house:12' }],
    ['the name of a property is no system', 'toString:12', { system: 'import', value: 'toString:12' }],
    ['an id of a file that looks like another system', 'import:phone:1', { system: 'import', value: 'phone:1' }],
    ['a leading colon', ':x', { system: 'import', value: ':x' }],
    ['a value that is none of its system', 'cccd:12', undefined],
    ['nothing', '', undefined],
  ])('%s', (_, text, found) => {
    expect(parsePersonText(text)).toEqual(found);
  });
});
