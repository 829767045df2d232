import { isBirthDate } from '../identity/birth-date.js';
import type { Gender } from '../identity/person.js';
import type { Flag } from './id-number.js';
import { identityCode, type IdentityCode } from './identity-code.js';

/** `SoGiayTo|HoTen|NgaySinh|LoaiDinhDanh|QID|EXT`, where `EXT` may be missing. */
const fewestFields = 5;

const dateForm = /^[\d*]{4}-[\d*]{1,2}-[\d*]{1,2}$/;
const declarers = new Map([
  ['0', 'self'],
  ['1', 'other'],
]);
const genders = new Map<string, Gender>([
  ['1', 'male'],
  ['2', 'female'],
]);

/** Whether a text has the shape of the personal QR: a date with dashes third, or 0 or 1 fourth. */
export function isLikePersonalQr(fields: string[]): boolean {
  if (fields.length < 4) return false;
  return dateForm.test(fields[2]!.trim()) || (declarers.has(fields[3]!.trim()) && !/^\d{8}$/.test(fields[2]!.trim()));
}

/**
 * The personal QR of Decision 1405/QD-BTTTT of 11/9/2021 (SPEC 2.2); undefined when it is cut short. Parts of the ID
 * number and of the birth date may be masked with `*`; it is unsigned.
 */
export function readPersonalQr(fields: string[]): IdentityCode | undefined {
  const [number = '', name = '', born = '', declared = '', qid = '', ...rest] = fields.map((field) => field.trim());
  if (fields.length < fewestFields || (number === '' && qid === '')) return undefined;
  const [declarer = '', gender = '', insurance = '', phone = '', ...more] = rest.join('|').split('<');
  const masked = number.includes('*') || born.includes('*');
  return identityCode({
    kind: 'personal-qr',
    identifiers: [...numberOf(number), ['qid', qid], ['bhyt', insurance]],
    name,
    birthDate: unmasked(born),
    gender: genders.get(gender),
    phone: phone || undefined,
    more: {
      idNumber: number,
      declaredBy: declarers.get(declared),
      qid,
      declarerQid: declarer,
      insurance,
      more: more.join('<'),
    },
    flags: masked ? (['masked'] satisfies Flag[]) : [],
  });
}

/** An ID number by its length; a masked one says nothing that could be looked up. */
function numberOf(text: string): ['cccd' | 'cmnd' | 'passport', string][] {
  if (/^\d{12}$/.test(text)) return [['cccd', text]];
  if (/^\d{9}$/.test(text)) return [['cmnd', text]];
  return /^[A-Z]{1,2}\d{6,8}$/i.test(text) ? [['passport', text]] : [];
}

/** The part of a date in front of the mask; empty when even the year is hidden. */
function unmasked(text: string): string | undefined {
  if (text === '') return '';
  const [year = '', month = '', day = ''] = text.split('-');
  if (year.includes('*')) return '';
  const known = [year, month.padStart(2, '0'), day.padStart(2, '0')];
  const end = known.findIndex((part) => part.includes('*') || part === '00');
  const date = known.slice(0, end < 0 ? 3 : end).join('-');
  return isBirthDate(date) ? date : undefined;
}
