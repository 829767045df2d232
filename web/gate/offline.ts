import { admit, type Admission, type Colour } from '../../src/domain/admission.js';
import { namesSomebody } from '../../src/domain/codes/identity-code.js';
import { hasExpired, type OwnCard } from '../../src/domain/codes/own-card.js';
import { parseCode, type CodeError } from '../../src/domain/codes/parse.js';
import type { VenueKind } from '../../src/domain/stay/scan.js';
import type { Hello, ScanError } from '../../src/events.js';
import type { Passage } from './inside.js';

/** Whom a gate asks that cannot ask the server. */
export interface Advisers {
  isSigned: (card: OwnCard) => Promise<boolean>;
  /** Which way `automatic` takes the holder of a card, as far as this gate saw them come and go. */
  wayOf: (cardId: string, passage: Passage) => 'in' | 'out';
}

/** What a gate decides by itself. `decided` is what the guard did, which outranks what the server finds later (SPEC 4). */
export type Decided =
  | { error: ScanError }
  | {
      answer: Admission & { colour: Colour; direction: 'in' | 'out' };
      decided: 'allow' | 'warn' | 'deny';
      card?: string;
    };

type Asked = Passage & { code: string };
type Place = Pick<Hello, 'admission' | 'revoked' | 'venue'>;

/**
 * The answer of a gate that is offline: from the signature, the validity and the colour of an own card, and the last
 * list of revoked ones. A code that identifies and proves nothing is noted, and its holder asked for details.
 */
export async function decideOffline(asked: Asked, place: Place, { isSigned, wayOf }: Advisers): Promise<Decided> {
  const code = parseCode(asked.code);
  if (code.kind === 'error' || code.kind === 'venue-code' || code.kind === 'certificate')
    return { error: 'unknown-code' };
  if (code.kind !== 'own-card') {
    return namesSomebody(code)
      ? answer('grey', asked.direction === 'out' ? 'out' : 'in', place)
      : { error: 'unknown-code' };
  }
  if (!(await isSigned(code))) return { error: 'unknown-code' };
  if (hasExpired(code, asked.scannedAt)) return { error: 'expired-code' };
  if (place.revoked.includes(code.cardId)) return { error: 'revoked-code' };
  const direction = asked.direction === 'auto' ? wayOf(code.cardId, asked) : asked.direction;
  return { ...answer(code.colour ?? 'grey', direction, place), card: code.cardId };
}

/** A code that names nobody, by what it is: the guard is told what to ask for instead. */
export type Stray = 'place' | 'certificate' | 'masked' | 'damaged' | 'input-method';

/** What a refused code is; undefined for one of no known kind, and for an own card that nobody here signed. */
export function strayOf(text: string): Stray | undefined {
  const code = parseCode(text);
  switch (code.kind) {
    case 'venue-code':
      return 'place';
    case 'certificate':
      return 'certificate';
    case 'personal-qr':
    case 'chip-card':
    case 'insurance-card':
      return namesSomebody(code) ? undefined : 'masked';
    case 'own-card':
      return undefined;
    case 'error':
      return strayErrors[code.error];
  }
}

const strayErrors: Record<CodeError['error'], Stray | undefined> = {
  'unknown-code': undefined,
  'damaged-card': 'damaged',
  'damaged-personal-qr': 'damaged',
  'damaged-chip-card': 'damaged',
  'damaged-insurance-card': 'damaged',
  'wrong-prefix': 'certificate',
  'input-method': 'input-method',
};

function answer(colour: Colour, direction: 'in' | 'out', { admission, venue }: Place) {
  const admitted = admit({ other: admission }, { colour, kind: venue.kind as VenueKind, direction });
  // Nobody is sent away for a colour that is not known: the guard lets them pass, and that is what happened.
  const decided = admitted.decision === 'unknown' ? ('warn' as const) : admitted.decision;
  return { answer: { ...admitted, colour, direction }, decided };
}
