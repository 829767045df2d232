import type { StoredCase } from '../graph/queries/cases.js';
import type { CaseNews } from './streams.js';

/** Where a case stands: `tracing` as long as its exposures are not those of its facts; a closed one is not traced. */
export function stateOf(stored: StoredCase, nowMs: number): CaseNews['state'] {
  if (stored.retractedAt !== null) return 'retracted';
  if (isClosed(stored, nowMs)) return 'closed';
  return stored.tracedVersion === stored.version ? 'traced' : 'tracing';
}

/** A case is closed once its first stay has reached the retention; then its exposures are frozen (SPEC section 4). */
export const isClosed = ({ closesAt }: Pick<StoredCase, 'closesAt'>, nowMs: number): boolean =>
  closesAt !== null && closesAt <= nowMs;
