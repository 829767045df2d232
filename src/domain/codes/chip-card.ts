import type { Gender } from '../identity/person.js';
import { dateOfDigits, identityCode, type IdentityCode } from './identity-code.js';

const numberForm = /^\d{12}$/;

/** The fields that are read; the card of 2024 has ten and more (SPEC 2.3). */
const fewestFields = 7;

/** Whether a text has the shape of a chip card: twelve digits, and eight digits or a year where the birth date stands. */
export function isLikeChipCard(fields: string[]): boolean {
  return fields.length >= 4 && numberForm.test(fields[0]!.trim());
}

/**
 * The chip ID card, `id|old id|name|ddMMyyyy|Nam/Nữ|address|ddMMyyyy`, and the card of 2024 with more fields, of which
 * the first seven are read (SPEC 2.3); undefined when it is cut short.
 */
export function readChipCard(fields: string[]): IdentityCode | undefined {
  if (fields.length < fewestFields) return undefined;
  const [number = '', old = '', name = '', born = '', gender = '', address = '', issued = ''] = fields.map((field) =>
    field.trim(),
  );
  return identityCode({
    kind: 'chip-card',
    identifiers: [
      ['cccd', number],
      ['cmnd', old],
    ],
    name,
    birthDate: dateOfDigits(born),
    gender: genderOf(gender),
    more: { idNumber: number, oldIdNumber: old, address, issuedOn: dateOfDigits(issued) },
    flags: [],
  });
}

/** `Nữ` comes in many spellings from readers that cannot type it: `Nu`, `N?`, `N`, `Nö`. */
function genderOf(text: string): Gender | undefined {
  const word = text.toLowerCase();
  if (word === 'nam') return 'male';
  return /^n.{0,3}$/u.test(word) ? 'female' : undefined;
}
