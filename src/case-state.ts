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

/** Redis key of what the running trace of a case has read so far: people, days of venues, and venues. */
export const tracedOverKey = (caseHash: string): string => `traced-over:{${caseHash}}`;

/** How a person and a day of a venue stand in that set. */
export const readPerson = (person: string): string => `p|${person}`;
export const readDay = (key: string): string => `d|${key}`;
/** A venue of which every day was read. */
export const readVenue = (venue: string): string => `v|${venue}`;
