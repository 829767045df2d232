import { Injectable } from '@nestjs/common';
import { Cards } from '../../config/cards.js';
import { namesSomebody, type IdentityCode } from '../domain/codes/identity-code.js';
import { hasExpired, type OwnCard } from '../domain/codes/own-card.js';
import { parseCode, type CodeError } from '../domain/codes/parse.js';
import type { Scan } from '../domain/stay/scan.js';
import type { ScanBody, ScanError } from '../events.js';
import { Revoked } from './revoked.js';

/** Why a code is refused, and whose it is where that can be told. */
export interface Unfit {
  error: ScanError;
  message: string;
  person?: string;
  isPrinted?: boolean;
}

/** Whom a scan is of, the paper by which that has to be looked up, or why it cannot be told. */
export type Read =
  { person: string; card?: Scan['card'] } | { identity: IdentityCode } | { certificate: string } | Unfit;

/** Characters of a card's id that tell two cards of one person apart (assumption: 32 bits). */
const cardIdStart = 8;

const failures: Record<CodeError['error'], string> = {
  'unknown-code': 'No code of a known kind.',
  'damaged-card': 'The card is damaged: scan it again.',
  'damaged-personal-qr': 'The personal QR was cut short: scan it again.',
  'damaged-chip-card': 'The code of the ID card was cut short: scan it again.',
  'damaged-insurance-card': 'The code of the insurance card is damaged: scan it again.',
  'wrong-prefix': 'No code of a known kind: a certificate begins with HC1:.',
  'input-method': 'The reader types through a Vietnamese input method (Telex, VNI): turn it off and scan again.',
};

/** Reads the code of a scan: who it is of, whether the card was good when it was scanned (SPEC section 2). */
@Injectable()
export class Codes {
  constructor(
    private readonly cards: Cards,
    private readonly revoked: Revoked,
  ) {}

  read(scan: Pick<ScanBody, 'code' | 'scannedAt' | 'decided'>): Read {
    const code = parseCode(scan.code);
    switch (code.kind) {
      case 'own-card':
        return this.readCard(code, scan);
      case 'venue-code':
        return unknown('This is the code of a place: scan the code of a person.');
      case 'certificate':
        return { certificate: code.text };
      case 'error':
        return unknown(failures[code.error]);
      case 'personal-qr':
      case 'chip-card':
      case 'insurance-card':
        return namesSomebody(code)
          ? { identity: code }
          : unknown('The code holds no number that is not masked: scan another paper.');
    }
  }

  private readCard(card: OwnCard, scan: Pick<ScanBody, 'scannedAt' | 'decided'>): Read {
    const person = this.cards.personOf(card);
    if (person === undefined) return unknown('The card was not issued here.');
    const isPrinted = card.cardKind === 'printed';
    if (hasExpired(card, scan.scannedAt)) {
      const message = 'The card is no longer valid: ask for a new one.';
      return { error: 'expired-code', message, person, isPrinted };
    }
    if (this.revoked.refuses(card.cardId, scan)) {
      const message = 'The card was revoked: ask for another proof of identity.';
      return { error: 'revoked-code', message, person, isPrinted };
    }
    if (isPrinted) return { person };
    return { person, card: { id: card.cardId.slice(0, cardIdStart), issuedAt: card.issuedAt } };
  }
}

export const unknown = (message: string): Unfit => ({ error: 'unknown-code', message });
