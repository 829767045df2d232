import { cardPrefix, readOwnCard, type OwnCard } from './own-card.js';
import { readVenueCode, type VenueCode } from './venue-code.js';

export type Code = OwnCard | VenueCode;

/** Why a text is no code: of no kind that is known, or of a known kind but damaged. */
export interface CodeError {
  kind: 'error';
  error: 'unknown-code' | 'damaged-card';
}

/** The longest text that is looked at: an EU certificate stays under 4,000 characters (assumption, with room). */
const maxLength = 8_192;

/**
 * Recognises a code by its shape (SPEC section 2). Never throws; a text that is too long is unknown without being read.
 * White space around it is dropped, for hardware readers add some.
 */
export function parseCode(text: string): Code | CodeError {
  if (text.length > maxLength) return { kind: 'error', error: 'unknown-code' };
  const code = text.trim();
  if (code.startsWith(cardPrefix)) return readOwnCard(code) ?? { kind: 'error', error: 'damaged-card' };
  return readVenueCode(code) ?? { kind: 'error', error: 'unknown-code' };
}
