import { closeSync, openSync, writeSync } from 'node:fs';
import { csvRow } from '../../src/domain/csv/write.js';
import { Refused } from '../errors.js';
import type { FileScan } from './scans.js';

const columns = ['person', 'venue', 'zone', 'direction', 'scannedAt', 'scanId', 'gate', 'decision'];

/**
 * Every acknowledged scan, in the order of the answers: what the folded stays must come from. A line is written before
 * the next scan of its gate is sent, so the file is whole even when the replay is killed.
 */
export class Ledger {
  private readonly file: number;

  /** Throws a {@link Refused} when there can be no such file. */
  constructor(path: string) {
    try {
      this.file = openSync(path, 'w');
    } catch (error) {
      throw new Refused(`${path}: cannot be written (${(error as Error).message})`);
    }
    writeSync(this.file, csvRow(columns));
  }

  add({ person, venue, zone, direction, at, scanId }: FileScan, gate: string, decision: string): void {
    writeSync(this.file, csvRow([person, venue, zone, direction, at, scanId, gate, decision]));
  }

  close(): void {
    closeSync(this.file);
  }
}
