import { CsvRecords, type CsvRecord } from '../domain/csv/records.js';
import type { Place, Tally, Why } from './tally.js';

/** One row, with its cells by the name of their column. */
export interface Row extends Place {
  by: Record<string, string>;
}

/** The columns a kind of file has; any others of the file are ignored (SPEC 12). */
export interface Columns {
  needed: readonly string[];
  optional: readonly string[];
  /** A file without any of these says nothing; empty when the needed ones are enough. */
  oneOf?: readonly string[];
}

/** A first line that cannot head this kind of file; nothing has been taken from it. */
export class WrongHeader extends Error {
  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super(`row 1: expected ${expected}, got ${got}`);
  }
}

/** Rows that are handled at once: enough to make a round trip worth it, few enough to hold (assumption). */
export const rowsAtOnce = 1_000;

/** Stands where bytes were not UTF-8; in a text of its own it tells of damage done earlier, so it is not taken either. */
export const replacement = '\uFFFD';

/**
 * The rows of a CSV text, a part at a time; the next part is read when this one has been dealt with, so memory does
 * not grow with the file. Rows that are none go to the tally. Throws {@link WrongHeader} before the first part.
 */
export async function* readTable(
  texts: AsyncIterable<string>,
  { columns, tally, onHeader }: { columns: Columns; tally: Tally; onHeader: (names: string[]) => void },
): AsyncGenerator<Row[]> {
  let shape: Shape | undefined;
  const rows: Row[] = [];
  for await (const records of recordsOf(texts)) {
    for (const record of records) {
      if (!shape) {
        shape = new Shape(record, columns);
        onHeader(shape.names);
        continue;
      }
      const read = shape.read(record);
      if ('by' in read) rows.push(read);
      else tally.reject(read.place, read.why);
      if (rows.length >= rowsAtOnce) yield rows.splice(0);
    }
  }
  if (!shape) throw new WrongHeader(list(columns.needed), 'an empty file');
  if (rows.length || tally.counts.rejected) yield rows;
}

async function* recordsOf(texts: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  const records = new CsvRecords();
  for await (const text of texts) yield records.push(text);
  yield records.end();
}

/** The text of a file in UTF-8; what is none of it becomes a replacement character. */
export async function* utf8Of(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of body) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/** Where the columns of one file stand. */
class Shape {
  readonly names: string[];
  private readonly places: [name: string, at: number][];

  constructor(header: CsvRecord, { needed, optional, oneOf = [] }: Columns) {
    if (!('fields' in header)) throw new WrongHeader(header.broken.expected, header.broken.got);
    const names = header.fields;
    const got = names.join(',').slice(0, 200);
    const missing = needed.filter((name) => !names.includes(name));
    if (missing.length) throw new WrongHeader(list(missing), got);
    if (oneOf.length && !oneOf.some((name) => names.includes(name)))
      throw new WrongHeader(`one of ${list(oneOf)}`, got);
    const known = [...needed, ...optional, ...oneOf].filter((name) => names.includes(name));
    const twice = known.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
    if (twice !== undefined) throw new WrongHeader(`the column "${twice}" once`, got);
    this.names = names;
    this.places = [...new Set(known)].map((name) => [name, names.indexOf(name)]);
  }

  read(record: CsvRecord): Row | { place: Place; why: Why } {
    const { row } = record;
    if ('broken' in record) {
      return { place: { row, cells: [record.line] }, why: { column: '', ...record.broken, reason: 'broken-row' } };
    }
    const place = { row, cells: record.fields };
    const why = this.widthFault(record.fields.length) ?? this.textFault(record.fields);
    if (why) return { place, why };
    const by: Record<string, string> = {};
    for (const [name, at] of this.places) by[name] = record.fields[at]!;
    return { ...place, by };
  }

  private widthFault(width: number): Why | undefined {
    const { length } = this.names;
    if (width === length) return undefined;
    if (width > length) return { column: '', expected: `${length} columns`, got: `${width}`, reason: 'broken-row' };
    return { column: this.names[width]!, expected: 'a value', got: 'the end of the row', reason: 'broken-row' };
  }

  private textFault(fields: string[]): Why | undefined {
    const damaged = this.places.find(([, at]) => fields[at]!.includes(replacement));
    return damaged && { column: damaged[0], expected: 'UTF-8 text', got: 'other bytes', reason: 'not-utf-8' };
  }
}

const list = (names: readonly string[]): string =>
  `the column${names.length === 1 ? '' : 's'} ${names.map((name) => `"${name}"`).join(', ')}`;
