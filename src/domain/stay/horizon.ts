import { sortScans } from './fold.js';
import type { RulesAt } from './rules.js';
import type { Scan, Undo } from './scan.js';
import { emptyFold, stepFold, type FoldState } from './step.js';

/** Where the retention cuts one person's scans, and what folding the rest must start from. */
export interface Cut {
  /** Scans before this instant may be deleted; at most the horizon. */
  cutMs: number;
  base: FoldState;
}

/**
 * The last instant before the horizon at which the person had no current stay, or its `maxStay` had passed (SPEC
 * section 4, retention); undefined while there is none. Folding the scans from there on with `base` gives the stays
 * that folding all of them would.
 */
export function cutBefore(
  history: { scans: Iterable<Scan>; undone: Iterable<Undo>; from?: FoldState },
  rulesAt: RulesAt,
  horizonMs: number,
): Cut | undefined {
  let state = history.from ?? emptyFold;
  let cut: Cut | undefined;
  for (const scan of sortScans(history.scans, history.undone)) {
    if (scan.at >= horizonMs) break;
    if (isIdle(state, scan.at) && (state.taken?.at ?? -Infinity) < scan.at)
      cut = { cutMs: scan.at, base: settled(state) };
    state = stepFold(state, scan, rulesAt).state;
  }
  return isIdle(state, horizonMs) ? { cutMs: horizonMs, base: settled(state) } : cut;
}

/** Whether the person was nowhere just before an instant. */
const isIdle = ({ current }: FoldState, atMs: number): boolean => !current || current.maxEnd < atMs;

/** A current stay whose longest time has passed only matters as the previous one. */
function settled(state: FoldState): FoldState {
  if (!state.current) return state;
  const last = state.last && { ...state.last, stay: null };
  return { ...state, last, current: null, prevEnd: state.current.assumedEnd };
}
