import { isCertificate, isLikeCertificate, type CertificateCode } from './certificate.js';
import { isLikeChipCard, readChipCard } from './chip-card.js';
import type { IdentityCode } from './identity-code.js';
import { isLikeInsuranceCard, readInsuranceCard } from './insurance-card.js';
import { cardPrefix, readOwnCard, type OwnCard } from './own-card.js';
import { isLikePersonalQr, readPersonalQr } from './personal-qr.js';
import { fromWindows, retypings } from './retyped.js';
import { readVenueCode, type VenueCode } from './venue-code.js';

export type Code = OwnCard | IdentityCode | CertificateCode | VenueCode;

/** Why a text is no code: of no kind that is known, or of a known kind but damaged. */
export interface CodeError {
  kind: 'error';
  error:
    | 'unknown-code'
    | 'damaged-card'
    | 'damaged-personal-qr'
    | 'damaged-chip-card'
    | 'damaged-insurance-card'
    /** It looks like a certificate, but its prefix is missing or not `HC1:`. */
    | 'wrong-prefix'
    /** A Vietnamese input method (Telex, VNI) swallowed letters of a code that has no accents. */
    | 'input-method';
}

/** The longest text that is looked at: an EU certificate stays under 4,000 characters (assumption, with room). */
const maxLength = 8_192;

/** The longest text whose keys are read back: longer than codes of any kind, and it costs the most (assumption). */
const maxRetyped = 1_200;

/** What readers, clipboards and files put around and into a text: byte-order marks, zero-width spaces, control keys. */
const noise = /[\ufeff\u200b-\u200d\u2060\0\x02\x03]/g;

/**
 * Recognises a code by its shape (SPEC section 2). Never throws; a text that is too long is unknown without being read.
 * White space around it is dropped, and what a keyboard in between made of it is undone, for hardware readers type.
 */
export function parseCode(text: string): Code | CodeError {
  if (text.length > maxLength) return failed('unknown-code');
  const code = text.trim();
  const own = code.startsWith(cardPrefix) ? readOwnCard(code) : undefined;
  return own ?? parseOther(code);
}

function parseOther(text: string): Code | CodeError {
  const code = text.replace(noise, '').trim();
  const found = recognise(code);
  if (found.kind !== 'error' || code.length > maxRetyped) return found;
  for (const meant of retypings(code)) {
    const other = recognise(meant);
    if (other.kind !== 'error') return retyped(other);
  }
  return isSwallowed(code) ? failed('input-method') : found;
}

function recognise(code: string): Code | CodeError {
  if (code.startsWith(cardPrefix)) return readOwnCard(code) ?? failed('damaged-card');
  if (isCertificate(code)) return { kind: 'certificate', text: code };
  if (code.includes('|')) return readPaper(code);
  return readVenueCode(code) ?? failed(isLikeCertificate(code) ? 'wrong-prefix' : 'unknown-code');
}

/** The papers whose fields stand between pipes. */
function readPaper(code: string): IdentityCode | CodeError {
  const fields = (fromWindows(code) ?? code).normalize('NFC').split('|');
  if (isLikeInsuranceCard(fields)) return readInsuranceCard(fields) ?? failed('damaged-insurance-card');
  if (isLikePersonalQr(fields)) return readPersonalQr(fields) ?? failed('damaged-personal-qr');
  if (isLikeChipCard(fields)) return readChipCard(fields) ?? failed('damaged-chip-card');
  return failed('unknown-code');
}

/** A guard should know that the reader's keyboard is set wrongly, though its codes are still understood. */
const retyped = (code: Code): Code => ('flags' in code ? { ...code, flags: [...code.flags, 'retyped'] } : code);

/** Codes without accents in which accents turned up. */
const isSwallowed = (code: string): boolean =>
  /^(VX1\.|HC1:|https?:)/i.test(code) && /[\u00c0-\u01b0\u0300-\u0323\u1ea0-\u1ef9]/.test(code);

const failed = (error: CodeError['error']): CodeError => ({ kind: 'error', error });
