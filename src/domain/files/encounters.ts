import { maxIdentifierLength } from '../identity/identifiers.js';
import { directKinds, neutralTimezone, type DirectKind } from '../policy/contact.js';
import { id, instant, isFault, oneOf, readCells, shown, type Cells, type Fault } from './cells.js';
import type { FileColumns } from './header.js';

/** One direct encounter of a file (SPEC 12), instants in milliseconds UTC. */
export interface EncounterRow {
  kind: DirectKind;
  personA: string;
  personB: string;
  from: number;
  to: number;
}

export const encounterColumns: FileColumns = { needed: ['kind', 'personA', 'personB', 'from', 'to'], optional: [] };

const cells = {
  kind: oneOf(directKinds),
  personA: id(maxIdentifierLength),
  personB: id(maxIdentifierLength),
  from: instant,
  to: instant,
};

/** Reads one row of a file of encounters: two different people, and a time that is not empty. */
export function readEncounter(by: Cells, timezone = neutralTimezone): { encounter: EncounterRow } | { fault: Fault } {
  const encounter = readCells(cells, by, timezone);
  if (isFault(encounter)) return { fault: encounter };
  const fault = (column: string, expected: string) => ({ fault: { column, expected, got: shown(by[column] ?? '') } });
  if (encounter.personA === encounter.personB) return fault('personB', 'somebody else than personA');
  if (encounter.to <= encounter.from) return fault('to', 'an instant after from');
  return { encounter };
}
