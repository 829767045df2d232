import type { Colour, Instruction } from '../../src/domain/admission.js';
import type { Decision } from '../../src/domain/stay/scan.js';
import type { Answer, ScanError } from '../../src/events.js';
import type { Tone } from '../shared/mark.js';
import type { Stray } from './offline.js';

/** What the screen says about one scan. */
export interface Shown {
  scanId: string;
  /** When it was scanned, by the server's clock. */
  at: number;
  tone: Tone;
  answer?: {
    decision: Decision;
    colour: Colour;
    instruction: Instruction;
    direction: 'in' | 'out';
    displayName: string;
    birthYear?: number;
    gender?: 'male' | 'female';
  };
  /** Why there is no answer. */
  error?: ScanError;
  /** What an unknown code is, where that can be told. */
  stray?: Stray;
  /** This gate decided by itself; the server hears of it later. */
  offline: boolean;
  /** It has heard by now. */
  sent?: boolean;
  undone?: boolean;
  /** The guard let them in against the answer. */
  letIn?: boolean;
}

/** An answer of the server as the screen says it. */
export function answered(scanId: string, at: number, answer: Answer): Shown {
  const { occupancy: _, ...said } = answer;
  return { scanId, at, tone: answer.colour, answer: said, offline: false };
}

export const refused = (scanId: string, at: number, error: ScanError): Shown => ({
  scanId,
  at,
  tone: 'trouble',
  error,
  offline: false,
});

/** Where the words stand for a scan without an answer. */
export const wordsOf = ({ error = 'unknown-code', stray }: Shown) =>
  stray === undefined ? (`error.${error}` as const) : (`stray.${stray}` as const);

/** Which way somebody went; whoever was turned away went none. */
export const wayOf = ({ answer, letIn }: Shown) =>
  answer?.decision === 'deny' && !letIn ? ('refused' as const) : (answer?.direction ?? 'in');
