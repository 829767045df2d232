import type { Headcount, Hello } from '../../src/events.js';

/** What a gate knows of its place and of the server: enough to decide while nobody answers. */
export interface Known {
  gate: string;
  hello: Hello;
  /** What has to be added to this device's clock to get the server's, in milliseconds. */
  aheadMs: number;
  /** When the server last said all this, epoch milliseconds. */
  heardAt: number;
}

/** How wrong a device's clock may be before its keeper is told (assumption). */
export const clockWrongMs = 2 * 60_000;

/** The head count as the server says it anew: counts by zone stay as they were last heard, of the zones there are. */
export function headcountOf({ venue, zones, inside }: Hello, before: Headcount | undefined): Headcount {
  const known = before?.zones ?? {};
  const counts = ['', ...zones].flatMap((zone) => (zone in known ? [[zone, known[zone]!] as const] : []));
  const capacity = venue.capacity === undefined ? {} : { capacity: venue.capacity };
  return { venue: venue.id, inside, zones: Object.fromEntries(counts), ...capacity };
}
