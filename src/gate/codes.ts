import { Injectable } from '@nestjs/common';
import { Cards } from '../../config/cards.js';
import { namesSomebody, type IdentityCode } from '../domain/codes/identity-code.js';
import type { OwnCard } from '../domain/codes/own-card.js';
import { parseCode, type CodeError } from '../domain/codes/parse.js';
import type { ScanBody, ScanError } from '../events.js';
import { Revoked } from './revoked.js';

/** How far a citizen's clock and the gate's may be apart when a rotating card runs out (assumption). */
const toleranceMs = 60_000;

/** Whom a scan is of, the paper by which that has to be looked up, or why it cannot be told. */
export type Read = { person: string } | { identity: IdentityCode } | { error: ScanError; message: string };

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
        return unknown('A certificate tells no identity number: scan a card or a paper of the same person.');
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
    if (scan.scannedAt > card.expiresAt + toleranceMs) {
      return { error: 'expired-code', message: 'The card is no longer valid: ask for a new one.' };
    }
    if (this.revoked.refuses(card.cardId, scan)) {
      return { error: 'revoked-code', message: 'The card was revoked: ask for another proof of identity.' };
    }
    return { person };
  }
}

const unknown = (message: string): Read => ({ error: 'unknown-code', message });
