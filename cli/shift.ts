import { type Command, InvalidArgumentError, Option } from 'commander';
import { readStay, stayColumns } from '../src/domain/files/stays.js';
import { Refused } from './errors.js';
import { rowsOf } from './rows.js';

/** A day of a file is moved to a day: Vietnam keeps one offset, so whole days keep the hour of the day (SPEC 12). */
const dayMs = 86_400_000;

/** How a file is moved in time, as written on the command line. */
export interface ShiftOptions {
  shiftToNow?: boolean;
  shiftBy?: number;
}

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

/** What is added to every instant of a file of stays; `--shift-to-now` reads the file once from end to end for it. */
export async function shiftOf(path: string, { shiftToNow, shiftBy }: ShiftOptions, nowMs: number): Promise<number> {
  if (!shiftToNow) return shiftBy ?? 0;
  const last = await lastInstant(path);
  if (last === undefined) throw new Refused(`${path}: no row with an instant, so there is nothing to shift to now`);
  return Math.floor((nowMs - last) / dayMs) * dayMs;
}

/** In words, with the option that moves another file alike. */
export const tellShift = (shiftMs: number): string =>
  `shifted by ${shiftMs / dayMs} days; to move another file alike: --shift-by ${shiftMs}`;
