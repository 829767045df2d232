import { systemNames } from '../identity/identifiers.js';
import { neutralTimezone } from '../policy/contact.js';
import type { Cells } from './cells.js';
import type { FileColumns } from './header.js';
import { readInstant } from './instant.js';

/** Columns that say who a row is about: `person` as in other files, numbers by the name of their system. */
export const whoColumns = ['person', ...systemNames.filter((name) => name !== 'import'), 'name', 'birthDate'] as const;

/** For each kind of evidence, the field of its body (`POST /people/{id}/evidence`) and the column it stands in. */
const columnsOf: Record<string, Record<string, string>> = {
  test: { test: 'test', result: 'result', sampledAt: 'at' },
  dose: { number: 'number', course: 'course', at: 'at' },
  recovery: { at: 'at' },
  quarantine: { from: 'at', until: 'until' },
  isolation: { from: 'at', until: 'until' },
  declaration: { from: 'at', until: 'until' },
  override: { colour: 'colour', reason: 'reason', from: 'at', until: 'until' },
};

/** The columns of each kind, for those who write such a file. */
export const evidenceColumnsByKind: Record<string, string[]> = Object.fromEntries(
  Object.entries(columnsOf).map(([kind, columns]) => [kind, Object.values(columns)]),
);

/** A file of evidence: `id` is the record's id with whoever wrote the file, so that a later file can correct it. */
export const evidenceColumns: FileColumns = {
  needed: ['kind', 'at'],
  optional: ['id', 'until', 'test', 'result', 'number', 'course', 'colour', 'reason', ...whoColumns],
};

/** The body that a row tells; empty cells say nothing, and cells of other kinds' columns are ignored. */
export function bodyOfRow(by: Cells): Record<string, unknown> {
  const { kind = '' } = by;
  const fields = Object.entries(columnsOf[kind] ?? {}).flatMap(([field, column]) => {
    const text = by[column] ?? '';
    if (text === '') return [];
    return [[field, numbers.includes(field) && /^\d{1,4}$/.test(text) ? Number(text) : text]];
  });
  return { kind, ...(Object.fromEntries(fields) as Record<string, unknown>) };
}

const numbers = ['number', 'course'];

/** The column in which a field of the body stands. */
export const columnOf = (kind: string, field: string): string => columnsOf[kind]?.[field] ?? field;

/** The last instant of a row that happened and was not only planned. */
export const lastOfEvidence = ({ at = '' }: Cells): number | undefined => readInstant(at, neutralTimezone);
