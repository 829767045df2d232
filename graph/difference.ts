import type { StoredExposure } from './queries/cases.js';

/** Which of these exposures the graph does not hold as they are. */
export function changedOf(fresh: StoredExposure[], stored: ReadonlyMap<string, StoredExposure>): StoredExposure[] {
  return fresh.filter((row) => !isSame(row, stored.get(row.person)));
}

/** Whether two exposures of one person to one case say the same. */
export function isSame(a: StoredExposure, b: StoredExposure | undefined): boolean {
  return b !== undefined && exposureFields.every((field) => a[field] === b[field]);
}

/** What one exposure says; two that agree in all of it are the same. */
export const exposureFields = [
  'level',
  'at',
  'lastAt',
  'via',
  'venue',
  'from',
  'to',
  'minutes',
  'dose',
  'trust',
  'encounters',
] as const satisfies (keyof StoredExposure)[];
