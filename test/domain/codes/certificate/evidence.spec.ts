import { describe, expect, it } from '@jest/globals';
import { factOf, matchHolder } from '../../../../src/domain/codes/certificate/evidence.js';
import type { CertificateData } from '../../../../src/domain/codes/certificate/schema.js';

const zone = 'Asia/Ho_Chi_Minh';
const common = { tg: '840539006', co: 'VN', is: 'Bộ Y tế', ci: 'URN:UVCI:01:VN:1' };
const somebody = { ver: '1.3.0', nam: { fn: 'Nguyễn', gn: 'Văn An', fnt: 'NGUYEN', gnt: 'VAN<AN' }, dob: '1990-01-02' };
const dose = (more: object) => ({ ...common, vp: '1', mp: '2', ma: '3', dn: 2, sd: 2, dt: '2021-11-01', ...more });
const test = (more: object) => ({
  ...common,
  tt: 'LP6464-4',
  tr: '260415000',
  sc: '2021-11-01T08:00:00+07:00',
  ...more,
});
const of = (entry: object) => factOf({ ...somebody, ...entry } as CertificateData, zone);
const startOfDay = Date.parse('2021-11-01T00:00:00+07:00');

describe('the fact in a certificate', () => {
  it.each([
    ['a dose, at the start of its day', { v: [dose({})] }, { kind: 'dose', number: 2, course: 2, at: startOfDay }],
    ['a booster beyond its course', { v: [dose({ dn: 2, sd: 1 })] }, { kind: 'dose', number: 2, course: 1, at: startOfDay }],
    ['a date with a time and no offset', { v: [dose({ dt: '2021-11-01T09:00:00' })] }, { kind: 'dose', number: 2, course: 2, at: startOfDay }],
    ['a PCR test', { t: [test({})] }, { kind: 'test', test: 'pcr', result: 'negative', sampledAt: Date.parse('2021-11-01T01:00:00Z') }],
    ['a positive antigen test', { t: [test({ tt: 'LP217198-3', tr: '260373001' })] }, { kind: 'test', test: 'antigen', result: 'positive', sampledAt: Date.parse('2021-11-01T01:00:00Z') }],
    ['a recovery', { r: [{ ...common, fr: '2021-11-01', df: '2021-11-11', du: '2022-05-01' }] }, { kind: 'recovery', at: startOfDay }],
    ['a test without a clear result', { t: [test({ tr: '419984006' })] }, undefined],
    ['a test of an unknown method', { t: [test({ tt: 'LP0' })] }, undefined],
    ['a hundredth dose', { v: [dose({ dn: 100 })] }, undefined],
    ['a day out of the calendar', { v: [dose({ dt: '2021-02-31' })] }, undefined],
  ])('%s is told as it is', (_what, entry, fact) => expect(of(entry)).toEqual(fact));
}); // prettier-ignore

describe('whose a certificate is', () => {
  const compare = (person: { name?: string; birthDate?: string }, more: object = {}) =>
    Object.values(matchHolder(person, { ...somebody, ...more } as CertificateData)).join(' ');

  it.each([
    ['the same name and date', { name: 'Nguyễn Văn An', birthDate: '1990-01-02' }, 'matched matched'],
    ['the same name without accents', { name: 'NGUYEN VAN AN', birthDate: '1990-01-02' }, 'matched matched'],
    ['the given names first', { name: 'Văn An Nguyễn', birthDate: '1990-01-02' }, 'matched matched'],
    ['only the year of birth', { name: 'Nguyễn Văn An', birthDate: '1990' }, 'matched matched'],
    ['another given name', { name: 'Nguyễn Văn Anh', birthDate: '1990-01-02' }, 'mismatched matched'],
    ['another order of the given names', { name: 'Nguyễn An Văn', birthDate: '1990-01-02' }, 'mismatched matched'],
    ['another day of birth', { name: 'Nguyễn Văn An', birthDate: '1990-01-03' }, 'matched mismatched'],
    ['no name', { birthDate: '1990-01-02' }, 'unknown matched'],
    ['nothing', {}, 'unknown unknown'],
  ])('with %s is told field by field', (_what, person, verdict) => expect(compare(person)).toBe(verdict));

  it('says nothing of a birth date that the certificate leaves out', () => {
    expect(compare({ name: 'Nguyễn Văn An', birthDate: '1990' }, { dob: '' })).toBe('matched unknown');
  });

  it('says nothing of a name that the certificate leaves out', () => {
    expect(compare({ name: 'An' }, { nam: {} })).toBe('unknown unknown');
  });
});
