import { describe, expect, it } from '@jest/globals';
import { enrich, match, sameFields } from '../../../src/domain/identity/match.js';
import { personFields, type PersonFields } from '../../../src/domain/identity/person.js';

const cccd = { system: 'cccd', value: '001093029317' } as const;
const phone = { system: 'phone', value: '+84912345678' } as const;
const an: PersonFields = { name: 'Nguyễn Văn An', birthDate: '1990-01-02', gender: 'male', identifiers: [cccd] };

describe('match', () => {
  it.each<[string, PersonFields, PersonFields, object]>([
    ['the same in another spelling', an, { ...an, name: 'NGUYEN VAN AN' }, { verdict: 'matched' }],
    ['the year alone agrees', an, { birthDate: '1990', identifiers: [cccd] }, { verdict: 'matched' }],
    ['another name', an, { ...an, name: 'Lê Thị Bình' }, { verdict: 'mismatched', fields: ['name'] }],
    [
      'another month',
      an,
      { birthDate: '1990-02', identifiers: [cccd] },
      { verdict: 'mismatched', fields: ['birthDate'] },
    ],
    [
      'everything else',
      an,
      { name: 'B', birthDate: '1991', gender: 'female', identifiers: [cccd] },
      { verdict: 'mismatched', fields: ['name', 'birthDate', 'gender'] },
    ],
    ['nothing to compare', an, { identifiers: [cccd] }, { verdict: 'unverified' }],
    ['a gender alone confirms nobody', an, { gender: 'male', identifiers: [cccd] }, { verdict: 'unverified' }],
    ['nobody described yet', { identifiers: [cccd] }, an, { verdict: 'unverified' }],
    ['no identifier shared', an, { ...an, identifiers: [] }, { verdict: 'no-id' }],
    [
      'a shared phone number links nobody',
      { ...an, identifiers: [phone] },
      { ...an, identifiers: [phone] },
      { verdict: 'no-id' },
    ],
    [
      'two national numbers are two people',
      { identifiers: [cccd, { system: 'import', value: 'x' }] },
      {
        identifiers: [
          { system: 'cccd', value: '001093029318' },
          { system: 'import', value: 'x' },
        ],
      },
      { verdict: 'mismatched', fields: ['cccd'] },
    ],
    [
      'one of two numbers that an officer put together',
      { identifiers: [cccd, { system: 'cccd', value: '001093029318' }] },
      { identifiers: [cccd] },
      { verdict: 'unverified' },
    ],
    [
      'a third number beside two that an officer put together',
      { identifiers: [cccd, { system: 'cccd', value: '001093029318' }] },
      { identifiers: [cccd, { system: 'cccd', value: '001093029319' }] },
      { verdict: 'mismatched', fields: ['cccd'] },
    ],
    [
      'two passports are one person',
      { identifiers: [cccd, { system: 'passport', value: 'C1234567' }] },
      { identifiers: [cccd, { system: 'passport', value: 'C7654321' }] },
      { verdict: 'unverified' },
    ],
  ])('%s', (_, known, given, verdict) => {
    expect(match(known, given)).toEqual(verdict);
  });
});

describe('enrich', () => {
  it.each<[string, PersonFields, PersonFields, PersonFields]>([
    ['adds what was missing', { identifiers: [cccd] }, an, an],
    ['keeps the name that is known', an, { ...an, name: 'NGUYEN VAN AN' }, an],
    ['takes the birth date that says more', { ...an, birthDate: '1990' }, an, an],
    ['keeps the birth date that says more', an, { ...an, birthDate: '1990' }, an],
    ['a field given as undefined adds nothing', an, { name: undefined, identifiers: [] }, an],
    ['adds an identifier once', an, { identifiers: [phone, cccd, phone] }, { ...an, identifiers: [cccd, phone] }],
  ])('%s', (_, known, given, now) => {
    expect(enrich(known, given)).toEqual(now);
    expect(sameFields(enrich(known, given), now)).toBe(true);
  });
});

describe('personFields', () => {
  it('makes the phone an identifier, and the identifier the phone', () => {
    expect(personFields.parse({ name: 'An', phone: '0912 345 678' }).identifiers).toEqual([phone]);
    expect(personFields.parse({ name: 'An', identifiers: [{ system: 'phone', value: '0912345678' }] }).phone).toBe(
      phone.value,
    );
  });

  it.each([
    ['a name without a letter', { name: '---' }, ['name']],
    ['a name beyond the longest', { name: 'x'.repeat(201) }, ['name']],
    ['a name with a control character', { name: 'An\u0000' }, ['name']],
    ['neither identifier nor name', { gender: 'male' }, ['identifiers']],
    ['a day that is none', { name: 'An', birthDate: '1990-02-30' }, ['birthDate']],
    ['a bad identifier', { identifiers: [cccd, { system: 'cmnd', value: '1' }] }, ['identifiers', 1, 'value']],
    ['an unknown field', { name: 'An', colour: 'green' }, []],
  ])('refuses %s and says where', (_, body, path) => {
    expect(personFields.safeParse(body).error?.issues[0]?.path).toEqual(path);
  });
});
