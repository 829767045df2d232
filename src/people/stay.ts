import { z } from 'zod';
import type { RowOf } from '../../graph/graph.js';
import { pointOf, type Venue } from '../venues/venue.js';

/** An instant with an offset or `Z` (API.md); milliseconds when read. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const venue = z.string().min(1).max(256);
const zone = z.string().max(64);

const inBeforeOut = ({ in: inMs, out }: { in?: number | undefined; out?: number | undefined }) =>
  inMs === undefined || out === undefined || inMs < out;
const order = { message: 'expected an instant after in', path: ['out'] };

/** A stay entered by hand: half-open, `[in, out)`. */
export const newStay = z
  .strictObject({ venue, zone: zone.default(''), in: instant, out: instant })
  .refine(inBeforeOut, order);
export type NewStay = z.output<typeof newStay>;

/** What is different about a stay; what is not named stays as it is. */
export const stayChange = z
  .strictObject({ venue: venue.optional(), zone: zone.optional(), in: instant.optional(), out: instant.optional() })
  .refine(inBeforeOut, order);
export type StayChange = z.output<typeof stayChange>;

/** Which stays, and how many at a time. */
export const stayQuery = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().max(100).optional(),
});
export type StayQuery = z.output<typeof stayQuery>;

/** A stay as the API shows it. */
export interface Stay {
  id: string;
  venue: { id: string; name: string; code: string | null; point: Venue['point'] };
  zone: string;
  in: string;
  out: string;
  /** Its end was never scanned. */
  assumed: boolean;
  /** It holds until something ends it: its assumed end may lie ahead. */
  open: boolean;
  trust: number;
  /** Entered by hand, imported or amended: not folded from scans. */
  kept: boolean;
}

export function showStay({
  venue: id,
  venueName,
  venueCode,
  lat,
  lon,
  inMs,
  outMs,
  of: _,
  ...rest
}: RowOf<'people/stays'>): Stay {
  const iso = (ms: number) => new Date(ms).toISOString();
  const venue = { id, name: venueName, code: venueCode, point: pointOf(lat, lon) };
  return { ...rest, venue, in: iso(inMs), out: iso(outMs) };
}
