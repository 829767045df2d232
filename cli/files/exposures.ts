import { createWriteStream } from 'node:fs';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvRow } from '../../src/domain/csv/write.js';
import { doseText, type Exposure } from '../../src/domain/exposure/exposure.js';
import { Refused } from '../errors.js';

const columns = ['case', 'person', 'level', 'exposedAt', 'via', 'venue', 'minutes', 'dose'];

/**
 * Writes a file of exposures (SPEC 12), or standard output, as fast as it is taken. Programs read it back, so ids are
 * written as they are: nothing is put before a cell that a spreadsheet would calculate, as line lists do.
 */
export async function writeExposures(rows: AsyncIterable<Exposure[]>, path: string | undefined): Promise<void> {
  const to = path === undefined ? process.stdout : createWriteStream(path);
  try {
    await pipeline(Readable.from(textOf(rows)), to, { end: path !== undefined });
  } catch (error) {
    const { code, path: failed } = error as NodeJS.ErrnoException;
    if (path !== undefined && failed === path) throw new Refused(`${path}: cannot be written (${code})`);
    throw error;
  }
}

async function* textOf(parts: AsyncIterable<Exposure[]>): AsyncGenerator<string> {
  yield csvRow(columns);
  for await (const rows of parts) {
    if (rows.length > 0) yield rows.map(lineOf).join('');
  }
}

function lineOf({ case: id, person, level, exposedAt, via, venue, minutes, dose }: Exposure): string {
  return csvRow([id, person, level, new Date(exposedAt).toISOString(), via, venue, minutes, doseText(dose)]);
}
