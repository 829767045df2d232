import { emptyFold, canStep, stepFold, type FoldState, type Stay } from '../../src/domain/stay/step.js';
import { foldScans, type FoundDoubt } from '../../src/domain/stay/fold.js';
import type { RulesAt } from '../../src/domain/stay/rules.js';
import { scanKey, type Scan, type Undo } from '../../src/domain/stay/scan.js';

/** What is known of one person's presence: the set of their scans and what it folds to. */
export interface Known {
  scans: Map<string, Scan[]>;
  undone: Undo[];
  /** Where folding begins after the retention cut, and the instant before which scans are gone. */
  base: FoldState;
  baseBeforeMs: number;
  state: FoldState;
  /** Folded stays as they are in the graph, by id. */
  stays: Map<string, Stay>;
  /** Keys of the scans out of a place the person was not in, as far as they are counted. */
  unmatched: ReadonlySet<string>;
}

/** What must change in the graph so that it holds the stays that the scans fold to. */
export interface StayChanges {
  added: Stay[];
  /** As they were and as they are now. */
  changed: { before: Stay; now: Stay }[];
  dropped: Stay[];
  /** Doubts about these scans; about all scans there are when they were folded anew. */
  doubts: FoundDoubt[];
  anew: boolean;
  /** Scans out of a place the person was not in that were not known as such before. */
  unmatched: Scan[];
}

const none: ReadonlySet<string> = new Set();

export const nobody = (): Known => ({
  scans: new Map(),
  undone: [],
  base: emptyFold,
  baseBeforeMs: -Infinity,
  state: emptyFold,
  stays: new Map(),
  unmatched: none,
});

/**
 * Takes further scans and undos of one person, in the order in which they became durable, and changes `known`
 * accordingly. A scan that comes after all others is stepped on; anything else folds the person anew. Stays that ended
 * before `horizonMs` are not brought back.
 */
export function takeScans(
  known: Known,
  more: { scans: Scan[]; undos: Undo[]; anew?: boolean | undefined },
  by: { rulesAt: RulesAt; horizonMs: number },
): StayChanges {
  const touched = new Map<string, Stay | undefined>();
  const found: FoundDoubt[] = [];
  const unmatched: Scan[] = [];
  let anew = more.anew === true || more.undos.length > 0;
  known.undone.push(...more.undos);
  for (const scan of more.scans) {
    if (scan.at < known.baseBeforeMs) continue;
    const copies = known.scans.get(scanKey(scan));
    if (copies) copies.push(scan);
    else known.scans.set(scanKey(scan), [scan]);
    anew ||= copies !== undefined || !canStep(known.state, scan) || isUndone(known, scan);
    if (anew) continue;
    const { state, changed, doubts, effect } = stepFold(known.state, scan, by.rulesAt);
    known.state = state;
    for (const stay of changed) touched.set(stay.id, stay.in < stay.out ? stay : undefined);
    for (const doubt of doubts) found.push({ ...doubt, scan });
    if (effect === 'unmatched') unmatched.push(scan);
  }
  if (!anew) return { ...settle(known, touched), doubts: found, anew, unmatched: notCounted(known, unmatched) };
  const folded = foldAnew(known, by);
  return {
    ...settle(known, folded.touched),
    doubts: folded.doubts,
    anew,
    unmatched: notCounted(known, folded.unmatched),
  };
}

/** Those that were not unmatched before, which count as known from here on. */
function notCounted(known: Known, unmatched: Scan[]): Scan[] {
  const fresh = unmatched.filter((scan) => !known.unmatched.has(scanKey(scan)));
  if (fresh.length) known.unmatched = new Set([...known.unmatched, ...fresh.map(scanKey)]);
  return fresh;
}

const isUndone = ({ undone }: Known, scan: Scan): boolean => undone.some((undo) => scanKey(undo) === scanKey(scan));

/** Every stay there is or was, with what it is now, and every doubt. */
function foldAnew(known: Known, { rulesAt, horizonMs }: { rulesAt: RulesAt; horizonMs: number }) {
  const { stays, state, doubts, unmatched } = foldScans(
    [...known.scans.values()].flat(),
    known.undone,
    rulesAt,
    known.base,
  );
  known.state = state;
  const touched = new Map<string, Stay | undefined>([...known.stays.keys()].map((id) => [id, undefined]));
  for (const { scans: _, ...stay } of stays) if (stay.out > horizonMs) touched.set(stay.id, stay);
  return { touched, doubts, unmatched };
}

/** Compares with what is stored, and takes the new stays for stored. */
function settle({ stays }: Known, touched: Map<string, Stay | undefined>) {
  const changes: Pick<StayChanges, 'added' | 'changed' | 'dropped'> = { added: [], changed: [], dropped: [] };
  for (const [id, now] of touched) {
    const before = stays.get(id);
    if (now) stays.set(id, now);
    else stays.delete(id);
    if (!before && now) changes.added.push(now);
    else if (before && !now) changes.dropped.push(before);
    else if (before && now && !isSame(before, now)) changes.changed.push({ before, now });
  }
  return changes;
}

function isSame(a: Stay, b: Stay): boolean {
  return (
    a.in === b.in &&
    a.out === b.out &&
    a.venue === b.venue &&
    a.zone === b.zone &&
    a.assumed === b.assumed &&
    a.open === b.open &&
    a.trust === b.trust
  );
}
