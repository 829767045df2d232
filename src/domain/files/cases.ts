import { maxIdentifierLength } from '../identity/identifiers.js';
import { neutralTimezone } from '../policy/contact.js';
import { id, instantOrUnknown, isFault, readCells, type Cells, type Fault } from './cells.js';
import type { FileColumns } from './header.js';

/** The longest id of a case, in code units (assumption). */
export const maxCaseIdLength = 256;

/** One case of a file (SPEC 12), instants in milliseconds UTC, null where unknown. */
export interface CaseRow {
  case: string;
  person: string;
  onset: number | null;
  sampledAt: number | null;
  isolatedAt: number | null;
}

export const caseColumns: FileColumns = {
  needed: ['case', 'person', 'onset', 'sampledAt', 'isolatedAt'],
  optional: [],
};

const cells = {
  case: id(maxCaseIdLength),
  person: id(maxIdentifierLength),
  onset: instantOrUnknown,
  sampledAt: instantOrUnknown,
  isolatedAt: instantOrUnknown,
};

/** Reads one row of a file of cases: without onset and sampledAt there is no day to count from. */
export function readCase(by: Cells, timezone = neutralTimezone): { case: CaseRow } | { fault: Fault } {
  const read = readCells(cells, by, timezone);
  if (isFault(read)) return { fault: read };
  if (read.onset !== null || read.sampledAt !== null) return { case: read };
  return { fault: { column: 'onset', expected: 'an instant here or in sampledAt', got: 'nothing' } };
}
