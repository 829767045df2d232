import { contradiction, doubtsOf, weightOf, type Before, type Doubt } from './doubt.js';
import type { RulesAt, StayRules } from './rules.js';
import { comparePlaces, scanKey, wasDenied, type Place, type Scan, type VenueKind } from './scan.js';

const minuteMs = 60_000;

/** One person at one venue and zone in `[in, out)`, folded from scans (SPEC section 4). */
export interface Stay {
  /** The key of the scan that opened it; it stays the same when only the end changes. */
  id: string;
  venue: string;
  zone: string;
  in: number;
  out: number;
  /** No scan told its end: `out` is what is typical for the kind of venue. */
  assumed: boolean;
  /** Still the person's current stay after the last scan. */
  open: boolean;
  /** Effective trust: that of the opening scan, times `assumedFactor` if assumed. */
  trust: number;
}

/** The stay a person is in, as far as the scans so far tell. */
export interface Current {
  id: string;
  venue: string;
  zone: string;
  kind: VenueKind;
  in: number;
  assumedEnd: number;
  maxEnd: number;
  trust: number;
  assumedTrust: number;
}

/** Where folding stands after a scan: all that the next one depends on. Plain JSON, kept in Redis and in the graph. */
export interface FoldState {
  current: Current | null;
  /** The preceding scan that counts, and the stay it touched (rule 1). */
  last: (Before & { zone: string; direction: Scan['direction']; stay: string | null }) | null;
  /** The last scan taken, counted or denied: only a later one may be stepped on. */
  taken: Place | null;
  /** End of the previous stay (rule 4). */
  prevEnd: number | null;
}

export const emptyFold: FoldState = { current: null, last: null, taken: null, prevEnd: null };

export type Effect = 'repeat' | 'opened' | 'confirmed' | 'ended' | 'assumed-stay' | 'unmatched' | 'passed' | 'denied';

export interface Step {
  state: FoldState;
  effect: Effect;
  /** What an `auto` scan came out as, a repeat as what it repeats; the requested direction otherwise. */
  direction: 'in' | 'out';
  /** Stays that this scan made or changed, as they are now; an empty one (`in >= out`) counts for nothing. */
  changed: Stay[];
  /** Why the scan is doubted; of most there is nothing. */
  doubts: readonly Doubt[];
}

/** Whether a scan comes after everything folded so far, so that stepping gives what folding anew would. */
export const canStep = (state: FoldState, scan: Scan): boolean =>
  state.taken === null || comparePlaces(state.taken, scan) < 0;

/** Takes one scan, which must come after those before it: the five rules of SPEC section 4, in their order. */
export function stepFold(state: FoldState, scan: Scan, rulesAt: RulesAt): Step {
  const rules = rulesAt(scan.unit, scan.at);
  const direction = resolve(state.current, scan);
  const taken = placeOf(scan);
  const doubts = doubtsOf(scan, state.last, rules.doubts);
  if (scan.kind !== 'checkpoint' && direction === 'in' && wasDenied(scan)) {
    return { state: { ...state, taken }, effect: 'denied', direction, changed: [], doubts };
  }
  if (isRepeat(state.last, scan, rules)) {
    const last = { ...state.last!, at: scan.at, ...(scan.card && { card: scan.card }) };
    return {
      state: { ...state, last, taken },
      effect: 'repeat',
      direction: asBefore(state, scan),
      changed: [],
      doubts,
    };
  }
  const weighed = doubts.length === 0 ? { state, scan, changed: [] } : weigh(state, scan, { rules, doubts });
  const { touched, current, prevEnd, effect, changed } = take(weighed.state, weighed.scan, { rules, direction });
  const last = lastOf(scan, touched);
  const all = [...weighed.changed, ...changed];
  return { state: { current, last, taken, prevEnd }, effect, direction, changed: all, doubts };
}

/** A doubted scan counts for less; where the person cannot have been at both places, so does the stay they were in. */
function weigh(state: FoldState, scan: Scan, { rules, doubts }: { rules: StayRules; doubts: readonly Doubt[] }) {
  const weight = weightOf(doubts, rules.doubts);
  const less = { ...scan, trust: scan.trust * weight };
  if (!state.current || !contradiction(doubts)) return { state, scan: less, changed: [] };
  const { trust, assumedTrust } = state.current;
  const current = { ...state.current, trust: trust * weight, assumedTrust: assumedTrust * weight };
  return { state: { ...state, current }, scan: less, changed: [asStay(current)] };
}

/** The current stay as it stands while nothing has ended it. */
export const asStay = (current: Current): Stay => closed(current, current.assumedEnd, { assumed: true, open: true });

/** What rules 3 to 5 leave. */
interface Taken {
  current: Current | null;
  prevEnd: number | null;
  effect: Effect;
  changed: Stay[];
  touched: string | null;
}

interface Asked {
  rules: StayRules;
  direction: 'in' | 'out';
}

/** Rule 2: `auto` goes out of the venue and zone the person is in, and otherwise in. */
function resolve(current: Current | null, { direction, venue, zone, at }: Scan): 'in' | 'out' {
  if (direction !== 'auto') return direction;
  return current && current.venue === venue && current.zone === zone && at <= current.maxEnd ? 'out' : 'in';
}

/** Rule 1: the same request at the same place again, within the policy's minutes. */
function isRepeat(last: FoldState['last'], { venue, zone, direction, at }: Scan, rules: StayRules): boolean {
  if (!last || last.venue !== venue || last.zone !== zone || last.direction !== direction) return false;
  return at - last.at < rules.duplicateMinutes * minuteMs;
}

/** A repeat changes nothing: whoever is in came in by what it repeats. At a checkpoint nobody is. */
function asBefore({ current }: FoldState, scan: Scan): 'in' | 'out' {
  if (scan.direction !== 'auto') return scan.direction;
  return scan.kind === 'checkpoint' || (current !== null && isIn(current, scan)) ? 'in' : 'out';
}

function take(state: FoldState, scan: Scan, asked: Asked): Taken {
  if (scan.kind === 'checkpoint') return pass(state, scan);
  return asked.direction === 'in' ? enter(state, scan, asked.rules) : leave(state, scan, asked.rules);
}

/** Rule 3. */
function enter({ current, prevEnd }: FoldState, scan: Scan, rules: StayRules): Taken {
  if (current && isIn(current, scan) && scan.at < current.assumedEnd) {
    return { current, prevEnd, effect: 'confirmed', changed: [], touched: current.id };
  }
  const opened = open(scan, scan.at, rules);
  const before = current ? [endedBy(current, scan.at)] : [];
  return {
    current: opened,
    prevEnd: before[0]?.out ?? prevEnd,
    effect: 'opened',
    changed: [...before, asStay(opened)],
    touched: opened.id,
  };
}

/** Rule 4: a true end, an unmatched scan, or a stay of which only the end is known. */
function leave({ current, prevEnd }: FoldState, scan: Scan, rules: StayRules): Taken {
  if (current && current.venue === scan.venue && scan.at <= current.maxEnd) {
    const stay = closed(current, scan.at, { assumed: false, open: false });
    return { current: null, prevEnd: scan.at, effect: 'ended', changed: [stay], touched: current.id };
  }
  if (current && current.venue !== scan.venue && scan.at < current.assumedEnd) {
    return { current, prevEnd, effect: 'unmatched', changed: [], touched: null };
  }
  const before = current ? [closed(current, current.assumedEnd, { assumed: true, open: false })] : [];
  const earliest = before[0]?.out ?? prevEnd ?? -Infinity;
  const from = Math.max(scan.at - rules.typicalMinutes[scan.kind] * minuteMs, earliest);
  const stay = closed(open(scan, from, rules), scan.at, { assumed: true, open: false });
  return { current: null, prevEnd: scan.at, effect: 'assumed-stay', changed: [...before, stay], touched: stay.id };
}

/** Rule 5: a checkpoint pass ends the current stay and opens nothing. */
function pass({ current, prevEnd }: FoldState, scan: Scan): Taken {
  if (!current) return { current, prevEnd, effect: 'passed', changed: [], touched: null };
  const stay = endedBy(current, scan.at);
  return { current: null, prevEnd: stay.out, effect: 'passed', changed: [stay], touched: null };
}

const isIn = (current: Current, { venue, zone }: Scan): boolean => current.venue === venue && current.zone === zone;

function open(scan: Scan, from: number, rules: StayRules): Current {
  const { venue, zone, kind, trust } = scan;
  return {
    id: scanKey(scan),
    venue,
    zone,
    kind,
    in: from,
    assumedEnd: from + rules.typicalMinutes[kind] * minuteMs,
    maxEnd: from + rules.maxMinutes[kind] * minuteMs,
    trust,
    assumedTrust: trust * rules.assumedFactor,
  };
}

/** A stay that something else ended: it lasts until then, or to its assumed end if that comes first. */
const endedBy = (current: Current, at: number): Stay =>
  closed(current, Math.min(at, current.assumedEnd), { assumed: true, open: false });

function closed(current: Current, out: number, how: { assumed: boolean; open: boolean }): Stay {
  const { id, venue, zone, trust, assumedTrust } = current;
  return { id, venue, zone, in: current.in, out, ...how, trust: how.assumed ? assumedTrust : trust };
}

function lastOf({ venue, zone, direction, at, point, card }: Scan, stay: string | null): FoldState['last'] {
  return { venue, zone, direction, at, stay, ...(point && { point }), ...(card && { card }) };
}

const placeOf = ({ at, direction, scanId, gate }: Scan): Place => ({ at, direction, scanId, gate });
