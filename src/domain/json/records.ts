import { maxRowLength, type Broken } from '../csv/records.js';

/** One object of a file, or its text and why that is none. `row` counts objects from 1. */
export type JsonRecord =
  { row: number; value: Record<string, unknown> } | { row: number; line: string; broken: Broken };

const [quote, backslash, open, close, newline] = [0x22, 0x5c, 0x7b, 0x7d, 0x0a];
const [colon, listOpen, listClose, space] = [0x3a, 0x5b, 0x5d, 0x20];

/** What stands between objects and says nothing: white space, marks, the commas and brackets of an array. */
const quiet = /[\s\ufeff,[\]}]/;

/** The most that is told back of a text that is no object. */
const mostTold = 200;

/**
 * Takes a text apart into its outermost objects as it flows by: of an array of objects as well as of one object a line.
 * A broken object costs that object alone: one that lost a quote ends with its line, for no text of JSON goes over one;
 * one that lost its closing brace ends where another begins and none may; other text between objects lost its opening
 * brace.
 */
export class JsonRecords {
  private rest = '';
  private row = 0;
  private depth = 0;
  private inString = false;
  /** Where scanning goes on in `rest`. */
  private at = 0;
  private skipping = false;
  /** Text between objects has been told of in this line, or is the rest of what has. */
  private told: 'line' | 'object' | undefined;
  /** The character before, white space left out, and how many lists are open in the object. */
  private before = 0;
  private lists = 0;

  /** The objects that are complete with this piece of the text. */
  push(text: string): JsonRecord[] {
    const found: JsonRecord[] = [];
    this.rest += text;
    let from = this.depth > 0 ? 0 : -1;
    for (; this.at < this.rest.length; this.at++) {
      const char = this.rest.charCodeAt(this.at);
      if (this.inString && char === newline) from = this.giveUp(from, unquoted, found);
      else if (this.inString) this.inString = this.isOpenAfter(char);
      else if (char === open) from = this.opens(from, found);
      else if (this.depth === 0) this.between(char, found);
      else if (char === quote) this.inString = true;
      else if (char === listOpen) this.lists++;
      else if (char === listClose) this.lists--;
      else if (char === close && --this.depth === 0) {
        this.take(this.rest.slice(from, this.at + 1), found);
        from = -1;
      }
      if (char > space) this.before = char;
    }
    this.keep(from, found);
    return found;
  }

  /** What was waiting for its end. */
  end(): JsonRecord[] {
    if (this.depth === 0) return [];
    this.depth = 0;
    return [
      { row: ++this.row, line: this.rest.slice(0, mostTold), broken: { expected: 'a closing brace', got: 'the end' } },
    ];
  }

  /** Whether a string goes on; a character behind a backslash ends nothing. */
  private isOpenAfter(char: number): boolean {
    if (char === backslash) this.at++;
    return char !== quote;
  }

  /** Where the outermost object begins. Within one, another stands behind a colon or in a list, and nowhere else. */
  private opens(from: number, found: JsonRecord[]): number {
    const isWithin = this.depth > 0 && (this.before === colon || this.lists > 0);
    if (this.depth > 0 && !isWithin) this.giveUp(from, unclosed, found);
    if (this.depth++ > 0) return from;
    [this.told, this.lists] = [undefined, 0];
    return this.at;
  }

  /** Text outside of all objects: each line of it is a row that is none. */
  private between(char: number, found: JsonRecord[]): void {
    if (char === newline && this.told === 'line') this.told = undefined;
    if (this.told !== undefined || quiet.test(String.fromCharCode(char))) return;
    this.told = 'line';
    const line = this.rest.slice(this.at, this.at + mostTold).split('\n', 1)[0]!;
    found.push({ row: ++this.row, line, broken: notOpened });
  }

  /** An object that ends where it must not; what comes after it is read as if it had not been there. */
  private giveUp(from: number, broken: Broken, found: JsonRecord[]): number {
    this.row++;
    const line = this.rest.slice(from, this.at).slice(0, mostTold);
    if (!this.skipping) found.push({ row: this.row, line, broken });
    [this.depth, this.inString, this.skipping, this.told] = [0, false, false, 'object'];
    return -1;
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

const notOpened: Broken = { expected: 'an opening brace', got: 'another text' };
const unquoted: Broken = { expected: 'a closing quote', got: 'the end of the line' };
const unclosed: Broken = { expected: 'a closing brace', got: 'another object' };
const tooLong: Broken = { expected: `an object of at most ${maxRowLength} characters`, got: 'a longer one' };

/** Whether something was an object, be it a broken one, and not text of another kind. */
export const isObject = (record: JsonRecord): boolean => 'value' in record || record.broken !== notOpened;

function readObject(row: number, text: string): JsonRecord {
  try {
    return { row, value: JSON.parse(text) as Record<string, unknown> };
  } catch {
    return { row, line: text.slice(0, mostTold), broken: { expected: 'a JSON object', got: 'another text' } };
  }
}
