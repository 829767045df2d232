import { describe, expect, it } from '@jest/globals';
import { namesSomebody, type IdentityCode } from '../../../src/domain/codes/identity-code.js';
import { parseCode } from '../../../src/domain/codes/parse.js';

const paper = (text: string): IdentityCode => {
  const code = parseCode(text);
  if (!('person' in code)) throw new Error(`no paper: ${JSON.stringify(code)}`);
  return code;
};
const known = (text: string) => paper(text).person.identifiers.map(({ system, value }) => `${system}:${value}`);
const hex = (text: string) => Buffer.from(text).toString('hex');
const failure = (error: string) => ({ kind: 'error', error });

/** The examples of SPEC section 2, to the letter. */
const personal = '001093029317|NGUYEN VAN A|1987-01-18|0|162979388586171100|<1<00<0123232422';
const chip = '012345678912|123456789|Nguyễn Văn A|01011990|Nam|123 Đường Số 1, Phường 2|01012022';
const insurance = 'DN4010000000000|4e677579e1bb856e2056c4836e20416e|01/01/1990|1|…|15/12/2020|…|$';

describe('the personal QR of Decision 1405', () => {
  it('of the specification is read, and its birth date flagged for another year than the ID number’s', () => {
    const { kind, person, flags, fields } = paper(personal);
    expect({ kind, flags }).toEqual({ kind: 'personal-qr', flags: ['id-number-birth-year-differs'] });
    expect(person).toEqual({
      name: 'NGUYEN VAN A',
      birthDate: '1987-01-18',
      gender: 'male',
      phone: '+84123232422',
      identifiers: [
        { system: 'cccd', value: '001093029317' },
        { system: 'qid', value: '162979388586171100' },
        { system: 'phone', value: '+84123232422' },
      ],
    });
    expect(fields).toMatchObject({ declaredBy: 'self', insurance: '00' });
  });

  it.each([
    ['a masked ID number', personal.replace('001093029317', '001*****9317'), 'masked', 'qid:162979388586171100'],
    ['a masked day of birth', personal.replace('1987-01-18', '1987-**-**'), 'masked', 'cccd:001093029317'],
    ['a woman by its gender, a man by its number', personal.replace('<1<', '<2<'), 'id-number-gender-differs', 'cccd:001093029317'],
    ['a birth date out of the calendar', personal.replace('1987-01-18', '1987-02-31'), 'birth-date-unreadable', 'cccd:001093029317'],
    ['a name of which letters were lost', personal.replace('NGUYEN VAN', 'NGUY?N V?N'), 'name-unreadable', 'cccd:001093029317'],
  ])('with %s is flagged, never rejected', (_what, text, flag, first) => {
    expect(paper(text).flags).toContain(flag);
    expect(known(text)[0]).toBe(first);
  }); // prettier-ignore

  it.each([
    ['1987-**-**', '1987'],
    ['1987-01-**', '1987-01'],
    ['****-**-**', undefined],
    ['19**-01-18', undefined],
    ['1987-00-00', '1987'],
    ['', undefined],
  ])('born %s is born %s as far as it is known', (born, birthDate) => {
    expect(paper(personal.replace('1987-01-18', born)).person.birthDate).toBe(birthDate);
  });

  it.each([
    ['without EXT', '001093029317|NGUYEN VAN A|1993-01-18|1|162979388586171100'],
    ['with an empty EXT', '001093029317|NGUYEN VAN A|1993-01-18|1|162979388586171100|'],
    ['with only a declarer', '001093029317|NGUYEN VAN A|1993-01-18|1|162979388586171100|162979388586171101'],
    ['with more than is known', `${personal.replace('1987', '1993')}<more<and more|and a pipe`],
    ['with no gender', personal.replace('1987', '1993').replace('<1<', '<0<')],
  ])('%s is read without a flag', (_what, text) => expect(paper(text).flags).toEqual([]));

  it.each([
    ['an old ID number', '123456789', 'cmnd:123456789'],
    ['a passport', 'B1234567', 'passport:B1234567'],
    ['nothing', '', 'qid:162979388586171100'],
  ])('with %s for a paper leads to %s', (_what, number, first) => {
    expect(known(personal.replace('001093029317', number))[0]).toBe(first);
  });

  it.each(['constructor', '__proto__', 'toString'])('says no gender where %s stands in its place', (word) => {
    const { person, fields } = paper(personal.replace('<1<', `<${word}<`));
    expect([person.gender, fields['gender']]).toEqual([undefined, undefined]);
    expect(parseCode(`a|b|c|${word}`)).toEqual(failure('unknown-code'));
  });

  it('names nobody when all its numbers are masked or missing: a phone is shared', () => {
    expect(namesSomebody(paper('001*****9317|NGUYEN VAN A|1987-01-18|0||<1<00<0123232422'))).toBe(false);
  });

  it.each([
    ['cut behind the birth date', '001093029317|NGUYEN VAN A|1987-01-18|0'],
    ['without any number', '|NGUYEN VAN A|1987-01-18|0||'],
  ])('%s is damaged', (_what, text) => expect(parseCode(text)).toEqual(failure('damaged-personal-qr')));
});

describe('the chip ID card', () => {
  it('of the specification is read, and its number flagged: born in 1934, a woman, of another year than 1990', () => {
    const { kind, person, flags, fields } = paper(chip);
    expect({ kind, flags: [...flags].sort() }).toEqual({
      kind: 'chip-card',
      flags: ['id-number-birth-year-differs', 'id-number-gender-differs'],
    });
    expect(person).toEqual({
      name: 'Nguyễn Văn A',
      birthDate: '1990-01-01',
      gender: 'male',
      identifiers: [
        { system: 'cccd', value: '012345678912' },
        { system: 'cmnd', value: '123456789' },
      ],
    });
    expect(fields).toMatchObject({ address: '123 Đường Số 1, Phường 2', issuedOn: '2022-01-01' });
  });

  it.each([
    ['a man of 1993', '001093000001', '18011993', 'Nam', []],
    ['a woman of 1993', '001193000001', '18011993', 'Nữ', []],
    ['a girl of 2010', '001310000001', '18012010', 'Nữ', []],
    ['a boy of 2010', '001210000001', '18012010', 'Nam', []],
    ['a man born abroad', '170093000001', '18011993', 'Nam', []],
    ['somebody of whose birthday only the year is known', '001093000001', '1993', 'Nam', []],
    ['somebody whose day and month are zeros', '001093000001', '00001993', 'Nam', []],
    ['a boy of 1910 or 2010', '001010000001', '18012010', 'Nam', ['id-number-birth-year-differs']],
    ['a man with a woman’s number', '001193000001', '18011993', 'Nam', ['id-number-gender-differs']],
    ['somebody born on 31 February', '001093000001', '31021993', 'Nam', ['birth-date-unreadable']],
  ])('of %s is flagged as it should be', (_who, ...[number, born, gender, flags]) => {
    expect(paper(`${number}||TRẦN THỊ B|${born}|${gender}|Hà Nội|01012022`).flags).toEqual(flags);
  });

  it('of 2024 with ten fields and more is read up to the seventh', () => {
    const card = '001193000001||Trần Thị B|18011993|Nữ|Số 1, Hà Nội|01072024||Trần Văn C|Lê Thị D||';
    expect(paper(card)).toMatchObject({
      kind: 'chip-card',
      flags: [],
      person: { name: 'Trần Thị B', gender: 'female' },
    });
    expect(known(card)).toEqual(['cccd:001193000001']);
  });

  it.each(['Nữ', 'NỮ', 'Nu', 'N?', 'N', 'Nö', 'nư'])('tells a woman by %s, whatever the reader can type', (gender) => {
    expect(paper(chip.replace('Nam', gender)).person.gender).toBe('female');
  });

  it.each([
    ['cut behind the gender', '012345678912|123456789|Nguyễn Văn A|01011990|Nam'],
    ['cut behind the birth date', '012345678912|123456789|Nguyễn Văn A|01011990'],
  ])('%s is damaged', (_what, text) => expect(parseCode(text)).toEqual(failure('damaged-chip-card')));

  it('with a digit too few is of no known kind', () => {
    expect(parseCode(chip.slice(1))).toEqual(failure('unknown-code'));
  });
});

describe('the health-insurance card', () => {
  it('of the specification is Nguyễn Văn An’s', () => {
    expect(paper(insurance)).toMatchObject({
      kind: 'insurance-card',
      person: {
        name: 'Nguyễn Văn An',
        birthDate: '1990-01-01',
        gender: 'male',
        identifiers: [{ system: 'bhyt', value: 'DN4010000000000' }],
      },
      flags: [],
    });
  });

  it('tells its address, its facility and how long it is valid', () => {
    const card = `DN4010000000000|${hex('Lê Thị B')}|1990|2|${hex('Số 1, Hà Nội')}|79-034|01/01/2020|31/12/2020|x|y|$`;
    expect(paper(card)).toMatchObject({
      person: { birthDate: '1990', gender: 'female' },
      fields: { address: 'Số 1, Hà Nội', facility: '79-034', validFrom: '2020-01-01', validTo: '2020-12-31' },
    });
  });

  it.each(['constructor', '__proto__', '3', ''])('says no gender where "%s" stands in its place', (word) => {
    expect(paper(insurance.replace('|1|', `|${word}|`)).person.gender).toBeUndefined();
  });

  it('of the new kind has ten characters', () => {
    expect(known(insurance.replace('DN4010000000000', '0123456789'))).toEqual(['bhyt:0123456789']);
  });

  it.each([
    ['a name that is no UTF-8', insurance.replace('4e677579e1bb', 'ffffffffffff'), 'name-unreadable'],
    ['a name of an odd number of digits', insurance.replace('4e677579', '4e67757'), 'name-unreadable'],
    ['a birth date out of the calendar', insurance.replace('01/01/1990', '31/02/1990'), 'birth-date-unreadable'],
    ['its end mark lost', insurance.slice(0, -1), 'no-end-mark'],
  ])('with %s is flagged, never rejected', (_what, text, flag) => expect(paper(text).flags).toContain(flag));

  it('with a damaged number is damaged', () => {
    expect(parseCode(insurance.replace('DN401', 'D-401'))).toEqual(failure('damaged-insurance-card'));
  });
});
