/** One row of a file: its fields, or its line and why that is none. `row` is its first line, the header is line 1. */
export type CsvRecord = { row: number; fields: string[] } | { row: number; line: string; broken: Broken };

/** Why a line is no row of a CSV file (RFC 4180). */
export interface Broken {
  expected: string;
  got: string;
}

/** Longest row, in code units: more is a file of another kind, and memory must not grow with it (assumption). */
export const maxRowLength = 65_536;

const tooLong: Broken = {
  expected: `a row of at most ${maxRowLength} characters`,
  got: 'a longer one',
};
const unclosed: Broken = { expected: 'a closing quote', got: 'none' };
/** As old spreadsheets end lines: all of such a file would be its first line. */
const carriageReturn: Broken = { expected: 'LF or CR LF at the end of a line', got: 'CR alone' };

/**
 * Takes a text apart into rows as it flows by. A broken row costs that row alone: when a quote is never closed, or
 * closes where it must not, its line is given up and the lines after it are read as if it had not been there.
 * Empty lines are no rows.
 */
export class CsvRecords {
  private rest = '';
  private line = 0;
  /** Lines of a row whose quote is still open, the first of them at line `openedAt`. */
  private open: string[] = [];
  private openLength = 0;
  private skipping = false;

  /** The rows that are complete with this piece of the text. */
  push(text: string): CsvRecord[] {
    const found: CsvRecord[] = [];
    const all = this.rest + text;
    let from = 0;
    for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', from)) {
      this.takeLine(all.slice(from, end), found);
      from = end + 1;
    }
    this.rest = all.slice(from);
    if (this.rest.length > maxRowLength) this.skipLine(found);
    return found;
  }

  /** The rows that were waiting for more: a last line without its end, lines behind a quote that never closes. */
  end(): CsvRecord[] {
    const found: CsvRecord[] = [];
    if (this.rest !== '' || this.skipping) this.takeLine(this.rest, found);
    this.rest = '';
    while (this.open.length) this.giveUpFirst(unclosed, found);
    return found;
  }

  private takeLine(text: string, found: CsvRecord[]): void {
    this.line++;
    if (this.skipping) this.skipping = false;
    else if (text.length > maxRowLength) found.push({ row: this.line, line: '', broken: tooLong });
    else this.readLine(text, found);
  }

  /** Gives up a line of which only the beginning is here. */
  private skipLine(found: CsvRecord[]): void {
    if (!this.skipping) found.push({ row: this.line + 1, line: '', broken: tooLong });
    this.skipping = true;
    this.rest = '';
  }

  private readLine(text: string, found: CsvRecord[]): void {
    const closes = quotesIn(text) % 2 === 1;
    if (this.open.length === 0 && !closes) return this.emit(text, found);
    this.open.push(text);
    this.openLength += text.length + 1;
    if (closes && this.open.length > 1) this.closeRow(found);
    else if (this.openLength > maxRowLength) this.giveUpFirst(unclosed, found);
  }

  private closeRow(found: CsvRecord[]): void {
    const fields = splitFields(trimEnd(this.open.join('\n')));
    if (!Array.isArray(fields)) return this.giveUpFirst(fields, found);
    found.push({ row: this.line - this.open.length + 1, fields });
    this.open = [];
    this.openLength = 0;
  }

  /** Gives up the first line of an open row, and reads the others anew. */
  private giveUpFirst(broken: Broken, found: CsvRecord[]): void {
    const [line = '', ...others] = this.open;
    const last = this.line;
    found.push({ row: last - others.length, line, broken });
    this.open = [];
    this.openLength = 0;
    for (const [at, text] of others.entries()) {
      this.line = last - others.length + at + 1;
      this.readLine(text, found);
    }
  }

  private emit(text: string, found: CsvRecord[]): void {
    const line = trimEnd(text);
    if (line === '') return;
    const fields = splitFields(line);
    found.push(Array.isArray(fields) ? { row: this.line, fields } : { row: this.line, line, broken: fields });
  }
}

const trimEnd = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function quotesIn(text: string): number {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  return quotes;
}

/** The fields of one row (RFC 4180), or why it is none. */
export function splitFields(row: string): string[] | Broken {
  if (!row.includes('"')) return row.includes('\r') ? carriageReturn : row.split(',');
  const fields: string[] = [];
  for (let from = 0; from <= row.length;) {
    const quoted = row[from] === '"';
    const end = quoted ? closingQuote(row, from) + 1 : endOfPlain(row, from);
    if (quoted && end === 0) return unclosed;
    const text = row.slice(from, end);
    const fault = faultOf(row, text, end);
    if (fault) return fault;
    fields.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    from = end + 1;
  }
  return fields;
}

function faultOf(row: string, field: string, end: number): Broken | undefined {
  const quoted = field.startsWith('"');
  if (!quoted && field.includes('\r')) return carriageReturn;
  if (!quoted && field.includes('"')) return { expected: 'quotes around the whole field', got: 'one inside it' };
  if (end < row.length && row[end] !== ',') return { expected: 'a comma after a closing quote', got: row[end]! };
  return undefined;
}

/** Where the quote that opens at `from` closes; -1 when it does not. */
function closingQuote(row: string, from: number): number {
  let at = row.indexOf('"', from + 1);
  while (at >= 0 && row[at + 1] === '"') at = row.indexOf('"', at + 2);
  return at;
}

function endOfPlain(row: string, from: number): number {
  const comma = row.indexOf(',', from);
  return comma < 0 ? row.length : comma;
}
