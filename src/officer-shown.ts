/** What officers' screens are shown over their sockets (events.ts): internal ids, nobody's name. */

/** How far a case is; counts of people by level: `{"1": 12}`. */
export interface CaseShown {
  id: string;
  unit: string | null;
  /** ISO 8601, UTC. */
  confirmedAt: string;
  state: 'tracing' | 'traced' | 'retracted' | 'closed';
  /** From 0 to 1. */
  progress: number;
  counts: Record<string, number>;
}

/** Exposures of a case that are new or other than before, and people who are exposed no more; ids only. */
export interface ExposuresShown {
  case: string;
  changed: { person: string; level: number; exposedAt: string; minutes: number; dose: number | null }[];
  removed: string[];
}

/** A red card was shown at a gate just now. */
export interface RedCard {
  person: string;
  venue: string;
  gate: string;
  unit: string | null;
  at: string;
}

/** A scan that may not be what it says, or a code that nobody should show any more; telling twice changes nothing. */
export interface DoubtShown {
  doubt: string;
  kind: string;
  person: string | null;
  venue: string;
  gate: string;
  unit: string | null;
  at: string;
}

/** Evidence that would change many colours of a unit at once waits for a second officer. */
export interface HeldShown {
  hold: string;
  unit: string;
  people: number;
  at: string;
}

/** The risk level of a unit was found anew: what holds now, and what was told ahead. */
export interface RiskShown {
  unit: string;
  level: number | null;
  ahead: { level: number; from: string }[];
  at: string;
}

/**
 * What is stored of some people or cases is not what a fresh computation from their facts gives. Told when that is found
 * and when it changes; `differences` 0 ends the alarm.
 */
export interface AuditAlarm {
  /** People and cases that differ, and how many by check: `stays`, `exposures`, `statuses`. */
  differences: number;
  checks: Record<string, number>;
  since: string | null;
  at: string;
}

/** A contact was telephoned: whoever has the list of calls open reads it again. */
export interface CalledShown {
  person: string;
  at: string;
}

/** What is watched in numbers, and the places where several cases exposed people (backward tracing). */
export interface Board {
  open: number;
  tracing: number;
  counts: Record<string, number>;
  /** People who met a case themselves and were not reached yet. */
  toCall: number;
  places: { venue: string; cases: number }[];
}
