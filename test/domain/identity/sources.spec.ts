import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readSourceRow,
  sourceNames,
  sourceOf,
  verifies,
  type SourceName,
} from '../../../src/domain/identity/sources.js';

const given = { name: 'Nguyễn Văn An', birthDate: '1990-12-31', gender: 'male', phone: '+84912345678' };

describe('a row of an earlier app', () => {
  it.each<[string, SourceName, Record<string, string>, object]>([
    [
      'of Bluezone has a year and a phone',
      'bluezone',
      { bluezoneId: 'BZ1', hoTen: 'Nguyễn Văn An', soDienThoai: '0912 345 678', namSinh: '1990', gioiTinh: 'Nam' },
      { ...given, birthDate: '1990', identifiers: [id('bluezone', 'BZ1'), id('phone', '+84912345678')] },
    ],
    [
      'of NCOVI names a paper whose digits tell its kind',
      'ncovi',
      { maNcovi: 'N1', hoTen: 'Nguyễn Văn An', ngaySinh: '31/12/1990', soGiayTo: '012345678' },
      { name: given.name, birthDate: given.birthDate, identifiers: [id('ncovi', 'N1'), id('cmnd', '012345678')] },
    ],
    [
      'of the Vietnam Health Declaration may be of a foreigner',
      'vhd',
      {
        declarationId: 'D1',
        fullName: 'Nguyễn Văn An',
        dateOfBirth: '1990-12-31',
        gender: 'Male',
        passport: 'b1234567',
      },
      {
        ...{ name: given.name, birthDate: given.birthDate, gender: 'male' },
        identifiers: [id('vhd', 'D1'), id('passport', 'B1234567')],
      },
    ],
    [
      'of the health book brings an insurance card',
      'sskdt',
      { maSoSucKhoe: 'S1', gioiTinh: '2', soCCCD: '001 090 012 345', maTheBHYT: 'DN4010000000000' },
      { gender: 'female', identifiers: [id('ssk', 'S1'), id('cccd', '001090012345'), id('bhyt', 'DN4010000000000')] },
    ],
    [
      'of VNeID writes dates in one piece',
      'vneid',
      { maVneid: 'V1', hoVaTen: 'Nguyễn Văn An', ngayThangNamSinh: '19901231', soDinhDanh: '001090012345' },
      { name: given.name, birthDate: given.birthDate, identifiers: [id('vneid', 'V1'), id('cccd', '001090012345')] },
    ],
  ])('%s', (_, source, by, fields) => {
    expect(readSourceRow(source, by)).toEqual({ fields });
  });

  it.each<[string, SourceName, Record<string, string>, object]>([
    ['without its own id', 'ncovi', { hoTen: 'An' }, { column: 'maNcovi', got: 'nothing' }],
    ['with a day that is none', 'ncovi', { maNcovi: 'N1', ngaySinh: '31/02/1990' }, { column: 'ngaySinh' }],
    [
      'with a birth before anybody',
      'vneid',
      { maVneid: 'V1', ngayThangNamSinh: '01/01/1200' },
      { column: 'ngayThangNamSinh' },
    ],
    [
      'with a gender of another kind',
      'bluezone',
      { bluezoneId: 'B', gioiTinh: '3' },
      { column: 'gioiTinh', got: '"3"' },
    ],
    ['with a phone that is none', 'bluezone', { bluezoneId: 'B', soDienThoai: '12' }, { column: 'soDienThoai' }],
    ['with ten digits for a paper', 'ncovi', { maNcovi: 'N1', soGiayTo: '1234567890' }, { column: 'soGiayTo' }],
    [
      'with an insurance card of another length',
      'sskdt',
      { maSoSucKhoe: 'S', maTheBHYT: 'DN4' },
      { column: 'maTheBHYT' },
    ],
    [
      'with a name without letters',
      'vhd',
      { declarationId: 'D', fullName: '***' },
      { column: 'fullName', got: '"***"' },
    ],
  ])('%s is refused by its column', (_, source, by, fault) => {
    expect(readSourceRow(source, by)).toMatchObject({ fault });
  });

  it('never throws, whatever stands in its cells', () => {
    const cells = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('', '31/12/1990', '0912345678'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...sourceNames),
        fc.array(cells, { minLength: 8, maxLength: 8 }),
        (source, values) => {
          const columns = Object.keys(sourceOf(source).columns);
          const by = Object.fromEntries(columns.map((column, at) => [column, values[at] ?? '']));
          const read = readSourceRow(source, by);
          if ('fault' in read) expect(columns).toContain(read.fault.column);
          else expect(read.fields.identifiers.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('verifies only where papers were seen, and one is named', () => {
    const paper = { identifiers: [id('vneid', 'V1'), id('cccd', '001090012345')] };
    expect(verifies('vneid', paper)).toBe(true);
    expect(verifies('vneid', { identifiers: [id('vneid', 'V1')] })).toBe(false);
    expect(verifies('ncovi', { identifiers: [id('ncovi', 'N1'), id('cccd', '001090012345')] })).toBe(false);
  });
});

function id<S extends string>(system: S, value: string): { system: S; value: string } {
  return { system, value };
}
