import { isObject, JsonRecords, type JsonRecord } from '../domain/json/records.js';
import { replacement, rowsAtOnce, WrongHeader, type Columns, type Row } from './table.js';
import type { Place, Tally, Why } from './tally.js';

/** What is asked of the objects of a file. */
interface Asked {
  columns: Columns;
  tally: Tally;
  onHeader: (names: string[]) => void;
}

/**
 * The objects of a JSON text, an array of them or one a line, as rows of a table: a part at a time, so memory does not
 * grow with the file. Names that are not asked for are ignored; an object that is no row goes to the tally.
 */
export async function* readObjects(texts: AsyncIterable<string>, { columns, tally, onHeader }: Asked) {
  const names = [...columns.needed, ...columns.optional, ...(columns.oneOf ?? [])];
  const records = new JsonRecords();
  const rows: Row[] = [];
  let seen = 0;
  onHeader(names);
  const take = (found: JsonRecord[]) => {
    seen += found.filter(isObject).length;
    for (const record of found) {
      const read = rowOf(record, names);
      if ('by' in read) rows.push(read);
      else tally.reject(read.place, read.why);
    }
  };
  for await (const text of texts) {
    take(records.push(text));
    // Another kind of file, each line of which is none of this: not all of it has to be read to know.
    if (seen === 0 && tally.counts.rejected >= rowsAtOnce) throw noObjects();
    while (rows.length >= rowsAtOnce) yield rows.splice(0, rowsAtOnce);
  }
  take(records.end());
  if (seen === 0) throw noObjects();
  if (rows.length || tally.counts.rejected) yield rows;
}

const noObjects = (): WrongHeader => new WrongHeader('objects of the file, in an array or one a line', 'none');

function rowOf(record: JsonRecord, names: string[]): Row | { place: Place; why: Why } {
  const { row } = record;
  if ('broken' in record) {
    return { place: { row, cells: [record.line] }, why: { column: '', ...record.broken, reason: 'broken-row' } };
  }
  const by: Record<string, string> = {};
  for (const name of names) {
    const cell = textOf(record.value[name]);
    if (cell === undefined) return { place: placeOf(row, by, names), why: noText(name) };
    if (cell.includes(replacement)) return { place: placeOf(row, by, names), why: damaged(name) };
    by[name] = cell;
  }
  return { ...placeOf(row, by, names), by };
}

const placeOf = (row: number, by: Record<string, string>, names: string[]): Place => ({
  row,
  cells: names.map((name) => by[name] ?? ''),
});

/** A value as a cell of a table would hold it; undefined when it is none. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const noText = (column: string): Why => ({
  column,
  expected: 'a text or a number',
  got: 'another kind of value',
  reason: 'bad-value',
});

const damaged = (column: string): Why => ({
  column,
  expected: 'UTF-8 text',
  got: 'other bytes',
  reason: 'not-utf-8',
});
