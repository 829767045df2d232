import { instantExpected, readInstant } from './instant.js';

/** What is wrong with a row: the first column that cannot be read. */
export interface Fault {
  column: string;
  expected: string;
  got: string;
}

/** The cells of a row by the names of their columns; a column the file does not have is absent. */
export type Cells = Readonly<Record<string, string | undefined>>;

/** How the cells of one column are read. */
export interface Cell<T> {
  expected: string;
  /** Undefined when the text is none of what is expected. */
  read(text: string, timezone: string): T | undefined;
}

/** The value of every column of a description. */
export type Values<C> = { [Name in keyof C]: C[Name] extends Cell<infer T> ? T : never };

/** Reads the described columns one after another; a date is a day of the time zone given. */
export function readCells<C extends Record<string, Cell<unknown>>>(
  columns: C,
  by: Cells,
  timezone: string,
): Values<C> | Fault {
  const values: Record<string, unknown> = {};
  for (const name in columns) {
    const text = by[name] ?? '';
    const value = columns[name]!.read(text, timezone);
    if (value === undefined) return { column: name, expected: columns[name]!.expected, got: shown(text) };
    values[name] = value;
  }
  return values as Values<C>;
}

export const isFault = (read: object): read is Fault => 'expected' in read;

/** The longest piece of a cell that is told back (assumption). */
const mostShown = 100;

/** A cell as it is told back to whoever wrote it. */
export const shown = (text: string): string => (text === '' ? 'nothing' : `"${text.slice(0, mostShown)}"`);

/** An id as it is written: not trimmed, not normalised (SPEC 12). */
export const id = (max: number): Cell<string> => ({
  expected: `1 to ${max} characters`,
  read: (text) => (text.length > 0 && text.length <= max ? text : undefined),
});

/** A text that may be empty. */
export const text = (max: number): Cell<string> => ({
  expected: `at most ${max} characters`,
  read: (given) => (given.length <= max ? given : undefined),
});

export const instant: Cell<number> = { expected: instantExpected, read: readInstant };

/** Empty means unknown. */
export const instantOrUnknown: Cell<number | null> = {
  expected: `${instantExpected}, or nothing`,
  read: (given, timezone) => (given === '' ? null : readInstant(given, timezone)),
};

const decimal = /^\d*\.?\d+(e-?\d+)?$/i;

/** A share from 0 to 1; where nothing stands, `otherwise`. */
export const share = (otherwise: number): Cell<number> => ({
  expected: 'a number from 0 to 1',
  read: (given) => {
    if (given === '') return otherwise;
    return decimal.test(given) && Number(given) <= 1 ? Number(given) : undefined;
  },
});

/** One of a closed list of words. */
export const oneOf = <const Word extends string>(words: readonly Word[]): Cell<Word> => ({
  expected: `one of ${words.join(', ')}`,
  read: (given) => words.find((word) => word === given),
});
