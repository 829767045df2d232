/** Kinds of venues; passing a `checkpoint` is no stay (SPEC section 1). */
export const venueKinds = [
  'restaurant',
  'shop',
  'market',
  'office',
  'school',
  'worship',
  'hospital',
  'home',
  'vehicle',
  'other',
  'checkpoint',
] as const;
export type VenueKind = (typeof venueKinds)[number];

export type Direction = 'in' | 'out' | 'auto';
export type Decision = 'allow' | 'warn' | 'deny' | 'unknown';

/**
 * One reading of a code at a gate, as it is stored. Instants are integer milliseconds UTC; an empty zone is a zone of
 * its own; `trust` from 0 to 1. Kind and unit are the venue's as they were when the scan was taken.
 */
export interface Scan {
  gate: string;
  scanId: string;
  venue: string;
  kind: VenueKind;
  unit: string | null;
  zone: string;
  direction: Direction;
  at: number;
  receivedAt: number;
  trust: number;
  /** What the server answered. */
  decision: Decision;
  /** What the guard decided while offline; outranks the server's decision. */
  decided?: 'allow' | 'warn' | 'deny';
  /** The guard let the person in against the answer; outranks both. */
  force?: true;
  /** Where the venue stood when the scan was taken; never of one that moves. */
  point?: { lat: number; lon: number };
  /** The card that changes every minute, by the start of its id, and when it was made (epoch milliseconds). */
  card?: { id: string; issuedAt: number };
}

/** A scan taken back; it may be stored before the scan itself. `at` is the instant of the scan it takes back. */
export interface Undo {
  gate: string;
  scanId: string;
  at: number;
  undoneAt: number;
}

/** What a scan is known by (SPEC section 4): its gate and the id the gate gave it. */
export const scanKey = ({ gate, scanId }: { gate: string; scanId: string }): string => `${gate}/${scanId}`;

/** A gate as others may see it: that of somebody's own phone is named after its person. */
export const gateShown = (gate: string): string => (gate.startsWith('self-') ? 'self' : gate);

/** Whether a person who wanted to come in was turned away; going out is never denied. */
export const wasDenied = ({ force, decided, decision }: Scan): boolean => !force && (decided ?? decision) === 'deny';

const rank: Record<Direction, number> = { out: 0, auto: 1, in: 2 };

/** Where a scan stands in the order of folding. */
export type Place = Pick<Scan, 'at' | 'direction' | 'scanId' | 'gate'>;

/** The order of folding: instant, `out` before `auto` before `in`, scan id, gate. */
export function comparePlaces(a: Place, b: Place): number {
  return (
    a.at - b.at ||
    rank[a.direction] - rank[b.direction] ||
    compareText(a.scanId, b.scanId) ||
    compareText(a.gate, b.gate)
  );
}

/** Code unit by code unit, as everywhere in exports. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
