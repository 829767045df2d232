import { shown, type Cells, type Fault } from './cells.js';

/** The columns a kind of file has (SPEC 12): they go by name, in any order; others are ignored. */
export interface FileColumns {
  needed: readonly string[];
  optional: readonly string[];
}

/** Stands where bytes were not UTF-8. */
const replacement = '\ufffd';

/** Where the columns of one file stand, as its first line tells. */
export class Header {
  private constructor(
    readonly names: readonly string[],
    private readonly places: readonly (readonly [name: string, at: number])[],
  ) {}

  /** The fault of a first line that cannot head this kind of file. */
  static read(names: readonly string[], { needed, optional }: FileColumns): Header | Fault {
    const missing = needed.find((name) => !names.includes(name));
    if (missing !== undefined)
      return { column: missing, expected: 'a column of that name', got: shown(names.join(',')) };
    const known = [...needed, ...optional].filter((name) => names.includes(name));
    const twice = known.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
    if (twice !== undefined) return { column: twice, expected: 'the column once', got: shown(names.join(',')) };
    return new Header(
      names,
      known.map((name) => [name, names.indexOf(name)]),
    );
  }

  /** The cells of a row by name; the fault of a row that is cut off, too long, or not text. */
  cellsOf(fields: readonly string[]): Cells | Fault {
    const { length } = this.names;
    if (fields.length < length)
      return { column: this.names[fields.length]!, expected: 'a cell', got: 'the end of the row' };
    if (fields.length > length) return { column: '', expected: `${length} cells`, got: String(fields.length) };
    const by: Record<string, string> = {};
    for (const [name, at] of this.places) {
      by[name] = fields[at]!;
      if (by[name].includes(replacement)) return { column: name, expected: 'UTF-8 text', got: 'other bytes' };
    }
    return by;
  }
}
