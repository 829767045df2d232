import type { StoredAssessment } from '../../graph/queries/risk.js';
import type { RiskInForce } from '../policies.js';
import type { Point } from '../domain/area/outline.js';
import type { FoundRisk, RiskArea } from './risk.service.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A level from an instant on, as it is answered. */
export interface ShownStep {
  level: number;
  from: string;
}

/** Which level holds in a unit; `of` is the unit it was found for, null where none was found. */
export interface ShownRisk {
  unit: string;
  at: string;
  level: number | null;
  since: string | null;
  of: string | null;
  /** Levels that were told ahead, in order. */
  ahead: ShownStep[];
}

export const showRisk = (
  unit: string,
  { atMs, level, fromMs, of, ahead }: RiskInForce & { atMs: number },
): ShownRisk => ({
  unit,
  at: iso(atMs),
  level,
  since: fromMs === null ? null : iso(fromMs),
  of,
  ahead: ahead.map(({ level: next, fromMs: from }) => ({ level: next, from: iso(from) })),
});

/** A unit for which a level was found, with the corners of a shape around its places, none where nobody knows any. */
export type ShownArea = ShownRisk & { outline: Point[] };

export const showArea = ({ unit, risk, outline }: RiskArea): ShownArea => ({ ...showRisk(unit, risk), outline });

/** One level that was found, and from what. */
export interface ShownAssessment extends FoundRisk {
  id: string;
  unit: string;
  at: string;
  scale: string;
  by: string;
}

export const showAssessment = ({ key, unit, at, scale, found, by }: StoredAssessment): ShownAssessment => ({
  id: key,
  unit,
  at: iso(at),
  scale,
  by,
  ...(JSON.parse(found) as FoundRisk),
});
