import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { rotatingMs, rotatingPath, type RotatingPart } from '../domain/codes/venue-code.js';

/** The code a screen shows now is good, and so are those just before, for phones are slow (assumption). */
const spansGood = 3;

/** Bytes of the proof: to guess one of 2^64 within a minute is hopeless. */
const proofBytes = 8;

/** Codes that prove that somebody stood before the screen just now, which a photograph of a poster does not. */
@Injectable()
export class RotatingCodes {
  constructor(
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What follows the venue's address on the screen, and when the screen has to show another. */
  now(code: string): { suffix: string; expiresAt: string; goodForMs: number } {
    const now = this.clock();
    const span = Math.floor(now / rotatingMs);
    const endMs = (span + 1) * rotatingMs;
    const suffix = rotatingPath({ span, proof: this.proof(code, span) });
    return { suffix, expiresAt: new Date(endMs).toISOString(), goodForMs: endMs - now };
  }

  /** Whether a code was on the venue's screen within the last minute or so. */
  isFresh(code: string, { span, proof }: RotatingPart): boolean {
    const age = Math.floor(this.clock() / rotatingMs) - span;
    return age >= 0 && age < spansGood && proof === this.proof(code, span);
  }

  private proof(code: string, span: number): string {
    return this.vault.hash(`rotating\0${code}\0${span}`, proofBytes);
  }
}
