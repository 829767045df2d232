import type { StoredCase, StoredExposure } from '../../graph/queries/cases.js';
import { stateOf } from '../case-state.js';
import { doseText, type Encounter } from '../domain/exposure/exposure.js';
import { progressOf, type RunningByCase } from '../running-traces.js';
import type { CaseNews } from '../streams.js';

/** A case's progress as the API shows it: nothing of the person. */
export interface CaseProgress {
  id: string;
  state: CaseNews['state'];
  /** From 0 to 1. */
  progress: number;
  /** People by level: `{"1": 12, "2": 340}`. */
  counts: Record<string, number>;
  unit: string | null;
  confirmedAt: string;
  tracedAt: string | null;
  retractedAt: string | null;
}

/** Under which rule a case is traced, and when its person may have passed the disease on. */
export interface CaseRule {
  /** Null where no policy is in force: then the neutral rule counts. */
  policy: { id: string; version: string } | null;
  /** `[from, to)`; null when isolation left no time. */
  infectious: { from: string; to: string } | null;
}

/** A case as whoever works on it sees it. */
export interface CaseRecord extends CaseProgress {
  person: string;
  onset: string | null;
  sampledAt: string | null;
  isolatedAt: string | null;
  reason: string | null;
}

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** Counts by level, as objects of JSON have them. */
export const byLevel = (counts: number[]): Record<string, number> =>
  Object.fromEntries(counts.map((count, at) => [String(at + 1), count]));

/** The traces that run by now tell how far those cases are that are not traced as they stand. */
export interface Now {
  nowMs: number;
  running: RunningByCase;
}

export function showProgress(stored: StoredCase, { nowMs, running }: Now): CaseProgress {
  const { progress, counts } = progressOf(stored, running);
  return {
    id: stored.id,
    state: stateOf(stored, nowMs),
    progress,
    counts: byLevel(counts),
    unit: stored.unit,
    confirmedAt: iso(stored.confirmedAt),
    tracedAt: isoOrNull(stored.tracedAt),
    retractedAt: isoOrNull(stored.retractedAt),
  };
}

export function showCase(stored: StoredCase, now: Now): CaseRecord {
  return {
    ...showProgress(stored, now),
    person: stored.person,
    onset: isoOrNull(stored.onset),
    sampledAt: isoOrNull(stored.sampledAt),
    isolatedAt: isoOrNull(stored.isolatedAt),
    reason: stored.reason,
  };
}

/** An exposure as the API shows it; the dose is a text with three decimals, null above level 1. */
export function showExposure(row: StoredExposure) {
  const others = row.encounters === null ? [] : (JSON.parse(row.encounters) as Encounter[]);
  return {
    person: row.person,
    level: row.level,
    exposedAt: iso(row.at),
    lastAt: iso(row.lastAt),
    minutes: row.minutes,
    dose: row.dose === null ? null : Number(doseText(row.dose)),
    trust: row.trust,
    witness: { via: row.via, venue: row.venue, from: iso(row.from), to: iso(row.to) },
    encounters: others.map(({ venue, from, to, trust, dose }) => {
      return { venue, from: iso(from), to: iso(to), trust, dose: Number(doseText(dose)) };
    }),
  };
}
export type ShownExposure = ReturnType<typeof showExposure>;
