import { type Command, InvalidArgumentError, Option } from 'commander';
import { caseColumns, readCase } from '../../src/domain/files/cases.js';
import type { Cells } from '../../src/domain/files/cells.js';
import { evidenceColumns, lastOfEvidence } from '../../src/domain/files/evidence.js';
import { encounterColumns, readEncounter } from '../../src/domain/files/encounters.js';
import type { FileColumns } from '../../src/domain/files/header.js';
import { readStay, stayColumns } from '../../src/domain/files/stays.js';
import { neutralTimezone } from '../../src/domain/policy/contact.js';
import { Refused } from '../errors.js';
import { readTable } from './table.js';

/** A day of a file is moved to a day: Vietnam keeps one offset, so whole days keep the hour of the day (SPEC 12). */
const dayMs = 86_400_000;

/** How a file is moved in time, as written on the command line. */
export interface ShiftOptions {
  shiftToNow?: boolean;
  shiftBy?: number;
}

/** The kinds of files that have instants, and the last one of a row; undefined in a row that cannot be read. */
interface Dated {
  columns: FileColumns;
  lastOf(cells: Cells): number | undefined;
}

const dated: Record<string, Dated> = {
  stays: {
    columns: stayColumns,
    lastOf: (cells) => {
      const read = readStay(cells);
      return 'stay' in read ? read.stay.out : undefined;
    },
  },
  encounters: {
    columns: encounterColumns,
    lastOf: (cells) => {
      const read = readEncounter(cells, neutralTimezone);
      return 'encounter' in read ? read.encounter.to : undefined;
    },
  },
  evidence: { columns: evidenceColumns, lastOf: lastOfEvidence },
  cases: {
    columns: caseColumns,
    lastOf: (cells) => {
      const read = readCase(cells, neutralTimezone);
      if (!('case' in read)) return undefined;
      const { onset, sampledAt, isolatedAt } = read.case;
      return Math.max(onset ?? -Infinity, sampledAt ?? -Infinity, isolatedAt ?? -Infinity);
    },
  },
};

/** Whether files of a kind can be moved in time. */
export const isDated = (kind: string): boolean => Object.hasOwn(dated, kind);

/** Adds `--shift-to-now` and `--shift-by MS`; commander refuses both at once. */
export function addShiftOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--shift-to-now',
        'move the file by whole days, so that its last instant is not ahead of now',
      ).conflicts('shiftBy'),
    )
    .option('--shift-by <ms>', 'move the file by so many milliseconds, as --shift-to-now printed for another', wholeMs);
}

function wholeMs(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected whole milliseconds.');
}

/** What is added to every instant of a file; `--shift-to-now` reads the file once from end to end for it. */
export async function shiftOf(
  { kind, path }: { kind: string; path: string },
  { shiftToNow, shiftBy }: ShiftOptions,
  nowMs: number,
): Promise<number> {
  if (!shiftToNow) return shiftBy ?? 0;
  const last = await lastInstant(path, dated[kind]!);
  if (last === undefined) throw new Refused(`${path}: no row with an instant, so there is nothing to shift to now`);
  return daysToNow(last, nowMs);
}

/** The whole days by which an instant is moved so that it is not ahead of now; in milliseconds. */
export const daysToNow = (lastMs: number, nowMs: number): number => Math.floor((nowMs - lastMs) / dayMs) * dayMs;

/** In words, with the option that moves another file alike. */
export const tellShift = (shiftMs: number): string =>
  `shifted by ${shiftMs / dayMs} days; to move another file alike: --shift-by ${shiftMs}`;

async function lastInstant(path: string, { columns, lastOf }: Dated): Promise<number | undefined> {
  let last: number | undefined;
  await readTable(path, {
    columns,
    take: (cells) => {
      const at = lastOf(cells);
      if (at !== undefined && at > (last ?? -Infinity)) last = at;
      return undefined;
    },
    reject: () => Promise.resolve(),
  });
  return last;
}
