import { systemOf } from '../../src/domain/identity/identifiers.js';
import { normalisePhone } from '../../src/domain/identity/phone.js';
import { parseCode } from '../../src/domain/codes/parse.js';

const query = (field: string, value: string): string => new URLSearchParams({ [field]: value }).toString();

/** What a typed text asks for: a code whom it is of, digits are a paper or a phone, a word with digits is an id, words are a name. */
export function askFor(text: string): string {
  const typed = text.trim();
  const scanned = askForCode(typed);
  if (scanned !== undefined) return scanned;
  const digits = typed.replace(/[\s.-]/g, '');
  if (/^\d{12}$/.test(digits)) return query('identifier', `cccd:${digits}`);
  const phone = normalisePhone(typed);
  if (phone !== undefined) return query('identifier', `phone:${phone}`);
  if (/^\d{9}$/.test(digits)) return query('identifier', `cmnd:${digits}`);
  if (/[\d:]/.test(typed) && !/\s/.test(typed)) return query('identifier', typed);
  return query('name', typed);
}

/** What a code asks for, from a camera or a hand scanner: its card, or the surest number of a paper; undefined when it names nobody. */
export function askForCode(text: string): string | undefined {
  const code = parseCode(text);
  switch (code.kind) {
    case 'own-card':
      return query('identifier', text.trim());
    case 'personal-qr':
    case 'chip-card':
    case 'insurance-card': {
      const sure = code.person.identifiers.find(({ system }) => systemOf(system).strong);
      return sure && query('identifier', `${sure.system}:${sure.value}`);
    }
    case 'venue-code':
    case 'certificate':
    case 'error':
      return undefined;
  }
}
