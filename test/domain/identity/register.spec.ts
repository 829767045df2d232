import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PersonFields } from '../../../src/domain/identity/person.js';
import { register, type KnownPerson } from '../../../src/domain/identity/register.js';

const cccd = { system: 'cccd', value: '001093029317' } as const;
const file = { system: 'import', value: 'p1' } as const;
const phone = { system: 'phone', value: '+84912345678' } as const;
const an: KnownPerson = { id: 'an', version: 3, verified: true, fields: { name: 'An', identifiers: [cccd] } };
const binh: KnownPerson = { id: 'binh', version: 1, verified: false, fields: { identifiers: [file] } };

/** Registers with ids `new1`, `new2`, … */
function registerAll(known: KnownPerson[], records: PersonFields[], verified = true) {
  let next = 0;
  return register(known, records, { newId: () => `new${++next}`, verified });
}
const words = (known: KnownPerson[], records: PersonFields[]) =>
  registerAll(known, records).outcomes.map((one) =>
    one.outcome === 'conflict' ? 'conflict' : `${one.outcome} ${one.person}`,
  );

describe('register', () => {
  it.each<[string, KnownPerson[], PersonFields[], string[]]>([
    ['nobody known: a new person', [], [{ identifiers: [cccd] }], ['created new1']],
    [
      'the same twice in one batch is one person',
      [],
      [{ identifiers: [cccd] }, { identifiers: [cccd] }],
      ['created new1', 'unchanged new1'],
    ],
    ['a known person told the same', [an], [an.fields], ['unchanged an']],
    ['a known person told more', [an], [{ identifiers: [cccd, file] }], ['merged an']],
    [
      'a second record finds what the first one added',
      [an],
      [{ identifiers: [cccd, file] }, { identifiers: [file] }],
      ['merged an', 'unchanged an'],
    ],
    ['another name under the same number', [an], [{ name: 'Bình', identifiers: [cccd] }], ['conflict']],
    ['two people under one record', [an, binh], [{ identifiers: [cccd, file] }], ['conflict']],
    [
      'a conflict changes nothing for those after it',
      [an],
      [{ name: 'B', identifiers: [cccd, file] }, { identifiers: [file] }],
      ['conflict', 'created new1'],
    ],
    [
      'a shared phone makes two people',
      [],
      [
        { name: 'An', identifiers: [phone] },
        { name: 'An', identifiers: [phone] },
      ],
      ['created new1', 'created new2'],
    ],
    [
      'people without identifiers are never one',
      [],
      [
        { name: 'An', identifiers: [] },
        { name: 'An', identifiers: [] },
      ],
      ['created new1', 'created new2'],
    ],
    ['somebody only scanned becomes verified', [binh], [{ identifiers: [file] }], ['merged binh']],
  ])('%s', (_, known, records, outcomes) => {
    expect(words(known, records)).toEqual(outcomes);
  });

  it('knows somebody of several records by each of them, though they differ', () => {
    const records = [
      { name: 'An', birthDate: '1990', identifiers: [cccd] },
      { name: 'Anh', identifiers: [file] },
    ];
    const one = { ...an, fields: { name: 'An', birthDate: '1990', identifiers: [cccd, file] }, records };
    expect(words([one], [records[0]!, records[1]!, { name: 'Anh', identifiers: [cccd] }])).toEqual([
      'unchanged an',
      'unchanged an',
      'conflict',
    ]);
    expect(words([{ ...one, records: [] }], [records[1]!])).toEqual(['conflict']);
  });

  it('writes a new person once, with all that the batch told of them', () => {
    const { created, changed } = registerAll([], [{ identifiers: [cccd] }, { name: 'An', identifiers: [cccd, file] }]);
    expect(changed).toEqual([]);
    expect(created).toEqual([
      { id: 'new1', version: 0, verified: true, fields: { name: 'An', identifiers: [cccd, file] } },
    ]);
  });

  it('an unverified source does not take away what was verified', () => {
    expect(registerAll([an], [{ identifiers: [cccd, phone] }], false).changed).toMatchObject([
      { id: 'an', verified: true },
    ]);
  });

  it('says in which fields each person disagrees', () => {
    const [outcome] = registerAll([an, binh], [{ name: 'Bình', identifiers: [cccd, file] }]).outcomes;
    expect(outcome).toEqual({
      outcome: 'conflict',
      reasons: [
        { person: 'an', found: { verdict: 'mismatched', fields: ['name'] } },
        { person: 'binh', found: { verdict: 'unverified' } },
      ],
    });
  });

  it('a second run over what the first one wrote changes nothing', () => {
    const anyIdentifier = fc.constantFrom(cccd, file, phone, { system: 'ncovi', value: 'n' } as const);
    const record = fc.record(
      {
        name: fc.constantFrom('An', 'Bình'),
        birthDate: fc.constantFrom('1990', '1990-01', '1991'),
        identifiers: fc.uniqueArray(anyIdentifier),
      },
      { requiredKeys: ['identifiers'] },
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), (records) => {
        const strong = records.filter(({ identifiers }) => identifiers.some(({ system }) => system !== 'phone'));
        const first = registerAll([], strong);
        const known = first.created.map((person) => ({ ...person, version: 1 }));
        const linked = strong.filter((_, at) => first.outcomes[at]!.outcome !== 'conflict');
        const second = registerAll(known, linked);
        expect([second.created, second.changed]).toEqual([[], []]);
      }),
    );
  });
});
