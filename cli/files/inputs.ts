import type { Standing, TracedCase } from '../../src/domain/exposure/windows.js';
import { caseColumns, readCase } from '../../src/domain/files/cases.js';
import { encounterColumns, readEncounter } from '../../src/domain/files/encounters.js';
import { readStay, stayColumns } from '../../src/domain/files/stays.js';
import type { StayTable } from '../../graph/stays/stay-table.js';
import { readTable, type BadRow } from './table.js';

/** How the files of one trace are read. */
export interface Reading {
  /** The zone whose days dates are. */
  readonly timezone: string;
  reject(path: string, bad: BadRow): Promise<void>;
  head(path: string, columns: string[]): Promise<void>;
  watch(path: string, bytes: number): void;
}

/** Reads a file of stays into a table. */
export async function readStays(
  path: string,
  table: StayTable,
  { timezone, reject, head, watch }: Reading,
): Promise<void> {
  await readTable(path, {
    columns: stayColumns,
    take: (cells) => {
      const read = readStay(cells, timezone);
      if ('fault' in read) return read.fault;
      table.add(read.stay);
      return undefined;
    },
    reject: (bad) => reject(path, bad),
    head: (columns) => head(path, columns),
    watch: (bytes) => watch(path, bytes),
  });
}

/** Reads a file of direct encounters into a table. */
export async function readEncounters(path: string, table: StayTable, reading: Reading): Promise<void> {
  await readTable(path, {
    columns: encounterColumns,
    take: (cells) => {
      const read = readEncounter(cells, reading.timezone);
      if ('fault' in read) return read.fault;
      table.addDirect(read.encounter);
      return undefined;
    },
    reject: (bad) => reading.reject(path, bad),
    head: (columns) => reading.head(path, columns),
    watch: (bytes) => reading.watch(path, bytes),
  });
}

/** The cases of a file by their ids; a later row with an id that was there amends the case, as an import does. */
export async function readCases(path: string, reading: Reading): Promise<Map<string, TracedCase>> {
  const cases = new Map<string, TracedCase>();
  await readTable(path, {
    columns: caseColumns,
    take: (cells) => {
      const read = readCase(cells, reading.timezone);
      if ('fault' in read) return read.fault;
      const { case: id, ...rest } = read.case;
      cases.set(id, { id, ...rest });
      return undefined;
    },
    reject: (bad) => reading.reject(path, bad),
    head: (columns) => reading.head(path, columns),
    watch: (bytes) => reading.watch(path, bytes),
  });
  return cases;
}

/** In files the earliest `isolatedAt` of a person's own cases is that person's isolation, without end (SPEC 5.4). */
export function isolationsOf(cases: Iterable<TracedCase>): Map<string, Standing> {
  const earliest = new Map<string, number>();
  for (const { person, isolatedAt } of cases) {
    if (isolatedAt !== null) earliest.set(person, Math.min(isolatedAt, earliest.get(person) ?? Infinity));
  }
  return new Map(
    [...earliest].map(([person, from]) => [person, { isolations: [{ from, to: Infinity }], negatives: [] }]),
  );
}
