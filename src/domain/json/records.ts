import { maxRowLength, type Broken } from '../csv/records.js';

/** One object of a file, or its text and why that is none. `row` counts objects from 1. */
export type JsonRecord =
  { row: number; value: Record<string, unknown> } | { row: number; line: string; broken: Broken };

const [quote, backslash, open, close] = [0x22, 0x5c, 0x7b, 0x7d];

/**
 * Takes a text apart into its outermost objects as it flows by: of an array of objects as well as of one object a line.
 * A broken object costs that object alone, as far as its braces tell where it ends.
 */
export class JsonRecords {
  private rest = '';
  private row = 0;
  private depth = 0;
  private inString = false;
  /** Where scanning goes on in `rest`. */
  private at = 0;
  private skipping = false;

  /** The objects that are complete with this piece of the text. */
  push(text: string): JsonRecord[] {
    const found: JsonRecord[] = [];
    this.rest += text;
    let from = this.depth > 0 ? 0 : -1;
    for (; this.at < this.rest.length; this.at++) {
      const char = this.rest.charCodeAt(this.at);
      if (this.inString) this.inString = this.isOpenAfter(char);
      else if (char === quote && this.depth > 0) this.inString = true;
      else if (char === open && this.depth++ === 0) from = this.at;
      else if (char === close && this.depth > 0 && --this.depth === 0) {
        this.take(this.rest.slice(from, this.at + 1), found);
        from = -1;
      }
    }
    this.keep(from, found);
    return found;
  }

  /** What was waiting for its end. */
  end(): JsonRecord[] {
    if (this.depth === 0) return [];
    this.depth = 0;
    return [
      { row: ++this.row, line: this.rest.slice(0, 200), broken: { expected: 'a closing brace', got: 'the end' } },
    ];
  }

  /** Whether a string goes on; a character behind a backslash ends nothing. */
  private isOpenAfter(char: number): boolean {
    if (char === backslash) this.at++;
    return char !== quote;
  }

  private take(text: string, found: JsonRecord[]): void {
    this.row++;
    if (this.skipping) this.skipping = false;
    else found.push(readObject(this.row, text));
  }

  /** Keeps what is not complete; of an object that is far too long only where it ends matters. */
  private keep(from: number, found: JsonRecord[]): void {
    if (from < 0) [this.rest, this.at] = ['', this.at - this.rest.length];
    else [this.rest, this.at] = [this.rest.slice(from), this.at - from];
    if (this.rest.length <= maxRowLength) return;
    if (!this.skipping) found.push({ row: this.row + 1, line: '', broken: tooLong });
    this.skipping = true;
    [this.rest, this.at] = ['', this.at - this.rest.length];
  }
}

const tooLong: Broken = { expected: `an object of at most ${maxRowLength} characters`, got: 'a longer one' };

function readObject(row: number, text: string): JsonRecord {
  try {
    return { row, value: JSON.parse(text) as Record<string, unknown> };
  } catch {
    return { row, line: text.slice(0, 200), broken: { expected: 'a JSON object', got: 'another text' } };
  }
}
