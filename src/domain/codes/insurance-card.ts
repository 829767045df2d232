import type { Gender } from '../identity/person.js';
import { dateOfSlashes, identityCode, type IdentityCode } from './identity-code.js';

const numberForm = /^([A-Z]{2}\d{13}|[A-Z0-9]{10})$/i;
const hex = /^([0-9a-f]{2})+$/i;
const genders = new Map<string, Gender>([
  ['1', 'male'],
  ['2', 'female'],
]);

/** Whether a text has the shape of an insurance card: it ends with `$`, or a name in hex follows a card's number. */
export function isLikeInsuranceCard(fields: string[]): boolean {
  if (fields.length < 4) return false;
  const ends = fields.at(-1)!.trim().endsWith('$');
  const number = numberForm.test(fields[0]!.trim());
  return (ends && (number || hex.test(fields[1]!.trim()))) || (number && hex.test(fields[1]!.trim()));
}

/**
 * The health-insurance card, pipe-separated up to `$`: number, name and address as hex of UTF-8, `dd/MM/yyyy` or a year,
 * gender 1 or 2, facility, valid from and to (SPEC 2.4). Undefined when its number is none.
 */
export function readInsuranceCard(fields: string[]): IdentityCode | undefined {
  const [number = '', name = '', born = '', gender = '', address = '', facility = '', from = '', to = ''] = fields.map(
    (field) => field.trim(),
  );
  if (!numberForm.test(number)) return undefined;
  return identityCode({
    kind: 'insurance-card',
    identifiers: [['bhyt', number]],
    name: textOfHex(name) ?? '\ufffd',
    birthDate: dateOfSlashes(born),
    gender: genders.get(gender),
    more: {
      cardNumber: number.toUpperCase(),
      address: textOfHex(address),
      facility: facility.endsWith('$') ? undefined : facility,
      validFrom: dateOfSlashes(from),
      validTo: dateOfSlashes(to),
    },
    flags: fields.at(-1)!.trim().endsWith('$') ? [] : ['no-end-mark'],
  });
}

/** Text of the hex of its UTF-8; undefined when it is none. */
function textOfHex(text: string): string | undefined {
  if (text === '' || text === '-') return '';
  if (!hex.test(text)) return undefined;
  const bytes = Uint8Array.from({ length: text.length / 2 }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
  } catch {
    return undefined;
  }
}
