import type { StayRules } from '../../../src/domain/stay/rules.js';
import type { Scan, Undo, VenueKind } from '../../../src/domain/stay/scan.js';

/**
 * SPEC section 4 once more, sentence by sentence, slow and obvious: a list of stays that grows, looked up from its end.
 * It shares no code with the product.
 */
interface Row {
  venue: string;
  zone: string;
  in: number;
  end: number;
  assumed: boolean;
  trust: number;
}

interface Here {
  row: Row;
  kind: VenueKind;
  assumedEnd: number;
  lastInstant: number;
}

const minutes = (n: number) => n * 60_000;
const order = ['out', 'auto', 'in'];

export function referenceFold(all: Scan[], undone: Undo[], rules: StayRules): Row[] {
  const rows: Row[] = [];
  let here: Here | undefined;
  let before: Scan | undefined;
  /** The scan that the present one is compared with, and the card of it that was seen last. */
  let compared: Scan | undefined;

  const make = (s: Scan, from: number): Here => {
    const trust = s.trust * doubtOf(s, compared, rules).share;
    const row = { venue: s.venue, zone: s.zone, in: from, end: NaN, assumed: true, trust };
    rows.push(row);
    const assumedEnd = from + minutes(rules.typicalMinutes[s.kind]);
    row.end = assumedEnd;
    return { row, kind: s.kind, assumedEnd, lastInstant: from + minutes(rules.maxMinutes[s.kind]) };
  };

  for (const s of inOrder(distinct(all, undone))) {
    const t = s.at;
    const sameVenue = here?.row.venue === s.venue;
    const sameSpot = sameVenue && here?.row.zone === s.zone;
    let wants = s.direction;
    if (wants === 'auto') wants = here && sameSpot && t <= here.lastInstant ? 'out' : 'in';

    const isPass = s.kind === 'checkpoint';
    const refused = s.force ? false : s.decided ? s.decided === 'deny' : s.decision === 'deny';
    if (!isPass && wants === 'in' && refused) continue;

    const repeats =
      before !== undefined &&
      before.venue === s.venue &&
      before.zone === s.zone &&
      before.direction === s.direction &&
      t < before.at + minutes(rules.duplicateMinutes);
    compared = before;
    before = repeats ? { ...before!, at: t, ...(s.card && { card: s.card }) } : s;
    if (repeats) continue;
    const doubt = doubtOf(s, compared, rules);
    if (here && doubt.isElsewhere) here.row.trust *= doubt.share;

    if (isPass) {
      if (here) here.row.end = Math.min(t, here.assumedEnd);
      here = undefined;
    } else if (wants === 'in') {
      if (here && sameSpot && t < here.assumedEnd) continue;
      if (here) here.row.end = Math.min(t, here.assumedEnd);
      here = make(s, t);
    } else if (here && sameVenue && t <= here.lastInstant) {
      here.row.end = t;
      here.row.assumed = false;
      here = undefined;
    } else if (here && !sameVenue && t < here.assumedEnd) {
      continue;
    } else {
      const previousEnd = rows.at(-1)?.end ?? -Infinity;
      make(s, Math.max(t - minutes(rules.typicalMinutes[s.kind]), previousEnd)).row.end = t;
      here = undefined;
    }
  }
  return rows
    .filter((row) => row.in < row.end)
    .map((row) => ({ ...row, trust: row.assumed ? row.trust * rules.assumedFactor : row.trust }));
}

/** Doubts once more: the share of its trust that a scan keeps, and whether the person cannot have come from the last one. */
function doubtOf(s: Scan, before: Scan | undefined, { doubts }: StayRules) {
  const shares = [1];
  const inVietnam = new Date(s.at + 7 * 3_600_000).getUTCHours();
  if (doubts.night.kinds.includes(s.kind) && [3, 4].includes(inVietnam)) shares.push(doubts.factors.night);
  const early = s.card ? s.card.issuedAt - s.at : 0;
  if (s.at - s.receivedAt > 60_000 || early > 300_000) shares.push(doubts.factors['wrong-clock']);
  let isElsewhere = false;
  if (before && before.venue !== s.venue) {
    const km = s.point && before.point ? kilometres(s.point, before.point) : undefined;
    const seconds = (s.at - before.at) / 1_000 + 120;
    const copied = s.card?.id !== undefined && s.card.id === before.card?.id && (km === undefined || km > 0.2);
    const tooFast = km !== undefined && km > 1 && km > ((km < 200 ? 120 : 900) / 3_600) * seconds;
    if (copied || tooFast) shares.push(doubts.factors[copied ? 'copied-code' : 'two-places']);
    isElsewhere = copied || tooFast;
  }
  return { share: Math.min(...shares), isElsewhere };
}

/** The haversine on a sphere of the earth's mean radius. */
function kilometres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [north, east] = [Math.sin(rad(a.lat - b.lat) / 2), Math.sin(rad(a.lon - b.lon) / 2)];
  const half = north ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * east ** 2;
  return 2 * 6_371.0088 * Math.asin(Math.sqrt(half));
}

function distinct(all: Scan[], undone: Undo[]): Scan[] {
  const byKey = new Map<string, Scan[]>();
  for (const s of all) {
    if (undone.some((u) => u.gate === s.gate && u.scanId === s.scanId)) continue;
    const key = JSON.stringify([s.gate, s.scanId]);
    byKey.set(key, [...(byKey.get(key) ?? []), s]);
  }
  return [...byKey.values()].map((copies) => {
    const newest = Math.max(...copies.map((c) => c.receivedAt));
    return copies.filter((c) => c.receivedAt === newest).sort((a, b) => (text(a) > text(b) ? -1 : 1))[0]!;
  });
}

/** Only the decisions may differ among copies, so they alone decide between two stored at one instant. */
const text = (s: Scan): string => JSON.stringify([s.decision, s.decided ?? 0, s.force ? 1 : 0]);

function inOrder(scans: Scan[]): Scan[] {
  return scans.sort((a, b) => {
    if (a.at !== b.at) return a.at - b.at;
    if (a.direction !== b.direction) return order.indexOf(a.direction) - order.indexOf(b.direction);
    if (a.scanId !== b.scanId) return a.scanId < b.scanId ? -1 : 1;
    return a.gate < b.gate ? -1 : 1;
  });
}
