import { readFileSync } from 'node:fs';

export interface BodyOptions {
  /** Begins every `scanId`. */
  prefix: string;
  /** In and out of the place in turns; without it the gate decides (`auto`). */
  visits: boolean;
  /** The number of the first scan: one client goes on where another ended. */
  from: number;
}

/**
 * Scans as JSON text, happening now, each with a `scanId` of its own: the people whose codes these are come one after
 * the other, round after round.
 *
 * Left to the gate, a scan of somebody who was there less than five minutes ago is a repeat (SPEC section 4, rule 1):
 * as dear for the gate as any, but it makes no stay. With `visits` everybody goes in in the even rounds and out in the
 * odd ones. Neither direction ever repeats the one before it, so that every `in` opens a stay and every `out` ends it,
 * however soon it comes; and all of them come in order, so that none is late.
 */
export class ScanBodies {
  private readonly codes: string[];
  private at: number;

  constructor(
    codesFile: string,
    private readonly options: BodyOptions,
  ) {
    this.codes = readFileSync(codesFile, 'utf8').trim().split('\n');
    this.at = options.from;
  }

  next(): string {
    const at = this.at++;
    const { prefix, visits } = this.options;
    const code = this.codes[at % this.codes.length]!;
    const direction = !visits ? 'auto' : isIn(at, this.codes.length) ? 'in' : 'out';
    const instant = new Date().toISOString();
    return `{"scanId":"${prefix}-${at}","code":"${code}","direction":"${direction}","scannedAt":"${instant}"}`;
  }
}

const isIn = (at: number, people: number): boolean => Math.floor(at / people) % 2 === 0;

/** The stays that the first scans of visits imply: one for each `in`. */
export function staysOf(scans: number, people: number): number {
  const [rounds, rest] = [Math.floor(scans / people), scans % people];
  return Math.ceil(rounds / 2) * people + (rounds % 2 === 0 ? rest : 0);
}
