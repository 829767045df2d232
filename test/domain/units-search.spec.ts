import { describe, expect, it } from '@jest/globals';
import { Areas, type UnitVersion } from '../../src/domain/area/areas.js';
import { describeUnit, searchUnits } from '../../src/units/search.js';

const unit = (code: string, name: string | null, parent: string | null = null, more: Partial<UnitVersion> = {}) => ({
  code,
  name,
  parent,
  level: null,
  validFrom: null,
  validTo: null,
  timezone: null,
  mergedInto: null,
  ...more,
});

/** Two cities, with wards that share names; an older district that ended with June 2025. */
const units = new Areas([
  unit('79', 'Thành phố Hồ Chí Minh'),
  unit('48', 'Thành phố Đà Nẵng'),
  unit('760', 'Quận 1', '79', { validTo: '2025-07-01' }),
  unit('26740', 'Phường Sài Gòn', '79', { validFrom: '2025-07-01' }),
  unit('26743', 'Phường Bến Thành', '79'),
  unit('20194', 'Phường An Hải', '48'),
  unit('20195', 'Phường An Khê', '48'),
  unit('26746', 'Phường An Khánh', '79'),
  unit('orphan', null),
  unit('round', 'Vòng', 'circle'),
  unit('circle', 'Tròn', 'round'),
]);
/** Noon of a day in Vietnam, UTC+7. */
const noon = (day: string) => Date.parse(`${day}T05:00:00Z`);
const found = (typed: string, day = '2026-03-02') => searchUnits(units, typed, noon(day)).map(({ code }) => code);

describe('units are found', () => {
  it.each([
    ['without accents, in any case', 'BEN thanh', ['26743']],
    ['by beginnings of words', 'be th', ['26743']],
    ['with what they lie in', 'an ho chi minh', ['26746']],
    ['the greater one first', 'thành phố hồ', ['79', '26743']],
    ['by one word, those that are called so exactly first', 'an', ['20194', '20195', '26746']],
    ['not by what they lie in alone', 'chí minh', ['79']],
    ['not by a middle of a word', 'hanh', []],
    ['not by nothing', ' . ', []],
    ['with Đ as D', 'da nang', ['48']],
  ])('%s', (_, typed, codes) => {
    expect(found(typed)).toEqual(codes);
  });

  it.each([
    ['on its last day', '2025-06-30', ['760']],
    ['not from the day on which it ended', '2025-07-01', []],
  ])('a district that ended: %s', (_, day, codes) => {
    expect(found('quan 1', day)).toEqual(codes);
  });

  it('no more than a person reads', () => {
    const many = new Areas(Array.from({ length: 500 }, (_, at) => unit(`${at}`, `Phường ${at}`)));
    expect(searchUnits(many, 'phuong', noon('2026-03-02'))).toHaveLength(20);
  });
});

describe('a unit is shown', () => {
  it('with all it lies in, the nearest first', () => {
    expect(describeUnit(units, '26743', noon('2026-03-02'))).toEqual({
      code: '26743',
      name: 'Phường Bến Thành',
      within: ['Thành phố Hồ Chí Minh'],
    });
  });

  it.each([
    ['one that has no name yet, by its code', 'orphan', { code: 'orphan', name: 'orphan', within: [] }],
    ['one of a circle, once round', 'round', { code: 'round', name: 'Vòng', within: ['Tròn'] }],
    ['nobody knows it', 'nowhere', undefined],
  ])('%s', (_, code, shown) => {
    expect(describeUnit(units, code, noon('2026-03-02'))).toEqual(shown);
  });
});
