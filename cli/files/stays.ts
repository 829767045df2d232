import { readStay, stayColumns, type StayRow } from '../../src/domain/files/stays.js';
import { rowsOf, type BadRow } from './table.js';

/** Hears of rows that are no stays. */
export type OnBad = (bad: BadRow) => void;

/** The stays of a file as they flow; rows that are none are told and left out. */
export async function* staysOf(path: string, onBad: OnBad): AsyncGenerator<StayRow> {
  for await (const row of rowsOf(path, stayColumns)) {
    if ('fault' in row) {
      onBad(row.fault);
      continue;
    }
    const read = readStay(row.cells);
    if ('stay' in read) yield read.stay;
    else onBad({ ...read.fault, row: row.row, cells: row.fields });
  }
}
