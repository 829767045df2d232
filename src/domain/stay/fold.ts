import type { Doubt } from './doubt.js';
import { packScan } from './packed.js';
import type { RulesAt } from './rules.js';
import { comparePlaces, scanKey, type Scan, type Undo } from './scan.js';
import { emptyFold, stepFold, type FoldState, type Stay } from './step.js';

/** A stay with the keys of the scans that opened, confirmed, repeated or ended it: those that voiding it takes back. */
export interface FoldedStay extends Stay {
  scans: string[];
}

/** A doubt about a scan. */
export interface FoundDoubt extends Doubt {
  scan: Scan;
}

export interface Folded {
  /** In order of `in`; none is empty, none overlaps another. */
  stays: FoldedStay[];
  state: FoldState;
  /** The scans that are doubted, and why. */
  doubts: FoundDoubt[];
  /** Scans out of a place the person was not in: they count in the gate's quality figures. */
  unmatched: Scan[];
}

/**
 * Folds the set of one person's scans into stays (SPEC section 4). Arrival order, repetition and the present moment
 * play no part. `from` is where an earlier cut by the retention left off (no stay is current there).
 */
export function foldScans(
  scans: Iterable<Scan>,
  undone: Iterable<Undo>,
  rulesAt: RulesAt,
  from: FoldState = emptyFold,
): Folded {
  const stays = new Map<string, FoldedStay>();
  let state = from;
  const found: FoundDoubt[] = [];
  const unmatched: Scan[] = [];
  for (const scan of sortScans(scans, undone)) {
    const { state: next, effect, changed, doubts } = stepFold(state, scan, rulesAt);
    for (const stay of changed) stays.set(stay.id, { ...stay, scans: stays.get(stay.id)?.scans ?? [] });
    if (effect !== 'denied' && next.last?.stay) stays.get(next.last.stay)?.scans.push(scanKey(scan));
    for (const doubt of doubts) found.push({ ...doubt, scan });
    if (effect === 'unmatched') unmatched.push(scan);
    state = next;
  }
  const real = [...stays.values()].filter((stay) => stay.in < stay.out);
  return { stays: real.sort((a, b) => a.in - b.in), state, unmatched, doubts: found };
}

/** Each scan once, without those taken back, in the order of folding. */
export function sortScans(scans: Iterable<Scan>, undone: Iterable<Undo>): Scan[] {
  const gone = new Set([...undone].map(scanKey));
  const kept = new Map<string, Scan>();
  for (const scan of scans) {
    const key = scanKey(scan);
    if (gone.has(key)) continue;
    const other = kept.get(key);
    if (!other || isLaterCopy(scan, other)) kept.set(key, scan);
  }
  return [...kept.values()].sort(comparePlaces);
}

/** The last stored copy counts; of two stored at one instant the greater text, so that arrival order plays no part. */
function isLaterCopy(scan: Scan, other: Scan): boolean {
  if (scan.receivedAt !== other.receivedAt) return scan.receivedAt > other.receivedAt;
  return packScan(scan) > packScan(other);
}
