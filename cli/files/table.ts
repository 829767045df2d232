import { CsvRecords, type CsvRecord } from '../../src/domain/csv/records.js';
import { isFault, type Cells, type Fault } from '../../src/domain/files/cells.js';
import { Header, type FileColumns } from '../../src/domain/files/header.js';
import { Refused } from '../errors.js';
import { findFile, readBytes } from './source.js';

/** A row that cannot be taken: its line in the file, the header being line 1, and what is wrong with it. */
export interface BadRow extends Fault {
  readonly row: number;
  readonly cells: readonly string[];
}

/** What to do with the rows of a file. */
export interface Handling {
  readonly columns: FileColumns;
  /** Takes a row, or says why it cannot. */
  take(cells: Cells): Fault | undefined;
  /** Hears of every row that was not taken; may throw to end the reading. */
  reject(bad: BadRow): Promise<void>;
  /** Hears the columns of the file before its first row. */
  head?(columns: string[]): Promise<void>;
  /** Hears how many bytes have been read. */
  watch?(bytes: number): void;
}

/** A row of a file as it flows by. */
export type TableRow = ReadRow | { readonly fault: BadRow };

/** A whole row, by name and as it stands. */
interface ReadRow {
  readonly row: number;
  readonly cells: Cells;
  readonly fields: readonly string[];
}

/** Reads a CSV file from its beginning, a part at a time: memory does not grow with the file (SPEC 12). */
export async function readTable(path: string, handling: Handling): Promise<void> {
  for await (const row of rowsOf(path, handling.columns, handling)) {
    const fault = 'fault' in row ? row.fault : bad(row, handling.take(row.cells));
    if (fault) await handling.reject(fault);
  }
}

/** The rows of a CSV file; `head` hears the names of its columns. Throws when its first line cannot head such a file. */
export async function* rowsOf(
  path: string,
  columns: FileColumns,
  { watch, head }: Pick<Handling, 'watch' | 'head'> = {},
): AsyncGenerator<TableRow> {
  let header: Header | undefined;
  for await (const records of recordsOf(path, watch)) {
    for (const record of records) {
      if (header) yield rowOf(header, record);
      else {
        header = headerOf(path, record, columns);
        await head?.([...header.names]);
      }
    }
  }
  if (!header) throw new Refused(`${path}: row 1: expected ${columns.needed.join(',')}, got an empty file`);
}

const bad = ({ row, fields }: ReadRow, fault: Fault | undefined): BadRow | undefined =>
  fault && { ...fault, row, cells: fields };

/** `stays.csv: row 17, column out: expected an instant after in, got "x"`. */
export const explainFault = (path: string, row: number, { column, expected, got }: Fault): string =>
  `${path}: row ${row}${column && `, column ${column}`}: expected ${expected}, got ${got}`;

function rowOf(header: Header, record: CsvRecord): TableRow {
  if ('broken' in record) return { fault: { column: '', ...record.broken, row: record.row, cells: [record.line] } };
  const cells = header.cellsOf(record.fields);
  if (isFault(cells)) return { fault: { ...cells, row: record.row, cells: record.fields } };
  return { row: record.row, cells, fields: record.fields };
}

function headerOf(path: string, record: CsvRecord, columns: FileColumns): Header {
  const header = 'broken' in record ? { column: '', ...record.broken } : Header.read(record.fields, columns);
  if (isFault(header)) throw new Refused(explainFault(path, record.row, header));
  return header;
}

/** The decoder leaves out a byte-order mark, and marks what is no UTF-8. */
async function* recordsOf(path: string, watch: (bytes: number) => void = () => undefined): AsyncGenerator<CsvRecord[]> {
  const records = new CsvRecords();
  const decoder = new TextDecoder();
  for await (const bytes of readBytes(findFile(path), watch)) {
    yield records.push(decoder.decode(bytes as Buffer, { stream: true }));
  }
  yield [...records.push(decoder.decode()), ...records.end()];
}
