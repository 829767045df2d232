import { Injectable } from '@nestjs/common';
import { Cards } from '../../config/cards.js';
import { hasExpired } from '../domain/codes/own-card.js';
import { parseCode } from '../domain/codes/parse.js';
import type { ScanBody, ScanError } from '../events.js';
import { Revoked } from './revoked.js';

/** Whom a scan is of, or why that cannot be told. */
export type Read = { person: string } | { error: ScanError; message: string };

/** Reads the code of a scan: who it is of, whether the card was good when it was scanned (SPEC section 2). */
@Injectable()
export class Codes {
  constructor(
    private readonly cards: Cards,
    private readonly revoked: Revoked,
  ) {}

  read(scan: Pick<ScanBody, 'code' | 'scannedAt' | 'decided'>): Read {
    const code = parseCode(scan.code);
    if (code.kind === 'venue-code') return unknown('This is the code of a place: scan the code of a person.');
    if (code.kind === 'error') {
      return unknown(
        code.error === 'damaged-card' ? 'The card is damaged: scan it again.' : 'No code of a known kind.',
      );
    }
    const person = this.cards.personOf(code);
    if (person === undefined) return unknown('The card was not issued here.');
    if (hasExpired(code, scan.scannedAt)) {
      return { error: 'expired-code', message: 'The card is no longer valid: ask for a new one.' };
    }
    if (this.revoked.refuses(code.cardId, scan)) {
      return { error: 'revoked-code', message: 'The card was revoked: ask for another proof of identity.' };
    }
    return { person };
  }
}

const unknown = (message: string): Read => ({ error: 'unknown-code', message });
