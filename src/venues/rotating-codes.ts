import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';

/** A screen shows another code every half minute; those just before are good too, for phones are slow (assumptions). */
const slotMs = 30_000;
const slotsGood = 3;

/** Bytes of the proof: to guess one of 2^72 within a minute is hopeless. */
const proofBytes = 9;

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
    const slot = Math.floor(now / slotMs);
    const endMs = (slot + 1) * slotMs;
    return { suffix: `?r=${this.proof(code, slot)}`, expiresAt: new Date(endMs).toISOString(), goodForMs: endMs - now };
  }

  /** Whether a proof was on the venue's screen within the last minute or so. */
  isFresh(code: string, proof: string): boolean {
    const slot = Math.floor(this.clock() / slotMs);
    return Array.from({ length: slotsGood }, (_, back) => this.proof(code, slot - back)).includes(proof);
  }

  private proof(code: string, slot: number): string {
    return this.vault.hash(`rotating\0${code}\0${slot}`, proofBytes);
  }
}
