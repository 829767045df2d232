import { maxIdentifierLength } from '../identity/identifiers.js';
import { neutralTimezone } from '../policy/contact.js';
import { id, instant, isFault, readCells, share, shown, text, type Cells, type Fault } from './cells.js';
import type { FileColumns } from './header.js';

/** The longest id of a venue and name of a zone in a file, in code units (assumption). */
export const maxVenueIdLength = 256;

/** One stay of a file (SPEC 12), instants in milliseconds UTC; a row without trust is fully trusted. */
export interface StayRow {
  person: string;
  venue: string;
  zone: string;
  in: number;
  out: number;
  trust: number;
}

export const stayColumns: FileColumns = { needed: ['person', 'venue', 'zone', 'in', 'out'], optional: ['trust'] };

const cells = {
  person: id(maxIdentifierLength),
  venue: id(maxVenueIdLength),
  zone: text(maxVenueIdLength),
  in: instant,
  out: instant,
  trust: share(1),
};

/** Reads one row of a file of stays. A stay that ends when it begins, or before, is none. */
export function readStay(by: Cells, timezone = neutralTimezone): { stay: StayRow } | { fault: Fault } {
  const stay = readCells(cells, by, timezone);
  if (isFault(stay)) return { fault: stay };
  if (stay.out > stay.in) return { stay };
  return { fault: { column: 'out', expected: 'an instant after in', got: shown(by['out'] ?? '') } };
}
