import { minuteMs } from './contact-rule.js';
import { byText } from './finding.js';

/** One meeting of a case with a person it exposed. */
export interface Encounter {
  readonly venue: string;
  readonly from: number;
  readonly to: number;
  readonly trust: number;
  readonly dose: number;
}

/** Why a person is at a level of a case: what the graph keeps as `EXPOSED`, what files and pages show (SPEC 5.5). */
export interface Exposure {
  readonly case: string;
  readonly person: string;
  readonly level: number;
  readonly exposedAt: number;
  /** The witness: whom the person met, where, and the time they shared. */
  readonly via: string;
  readonly venue: string;
  readonly from: number;
  readonly to: number;
  /** Whole minutes of all qualifying encounters at level 1, of the witness deeper. */
  readonly minutes: number;
  /** For ranking, not rounded (see {@link doseText}); null above level 1. */
  readonly dose: number | null;
  /** When the last qualifying encounter ended (deeper: the witness): the quarantine counts from its local day. */
  readonly lastAt: number;
  /** How sure the best of its encounters is (deeper: the witness). */
  readonly trust: number;
  /** At level 1 every qualifying encounter but the witness, in the order (start, venue, end); none deeper. */
  readonly encounters: readonly Encounter[];
}

/** A dose as it is written: three decimals, half up; nothing above level 1. */
export const doseText = (dose: number | null): string => (dose === null ? '' : dose.toFixed(3));

/** Whole minutes of a length in milliseconds, rounded down. */
export const wholeMinutes = (lengthMs: number): number => Math.floor(lengthMs / minuteMs);

/** The order of exposures in files (SPEC 12): case, level, exposedAt, person. */
export function inFileOrder(a: Exposure, b: Exposure): number {
  return byText(a.case, b.case) || a.level - b.level || a.exposedAt - b.exposedAt || byText(a.person, b.person);
}
