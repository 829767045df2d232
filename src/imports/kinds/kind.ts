import type { SourceName } from '../../domain/identity/sources.js';
import type { Tally } from '../tally.js';
import type { Columns, Row } from '../table.js';

/** How the rows of one file are taken; one object per file, so it may remember what it has seen. */
export interface OpenFile {
  columns: Columns;
  /** Takes a part of the file, in its order, and tells the tally what became of every row. */
  take(rows: Row[], tally: Tally): Promise<void>;
  /** Waits for what still has to happen after the last row; `watch` hears how much is left. */
  settle?(watch: (left: number) => Promise<void>): Promise<void>;
}

/** What the caller says about the whole file. */
export interface FileOptions {
  /** Added to every instant, in milliseconds. */
  shiftMs: number;
  /** The unit of whoever imports: new people are at home there. */
  unit?: string | undefined;
  /** The account that imports. */
  by: string;
  /** Who the file is from; ids of its rows are that source's own. */
  source?: string | undefined;
  /** The earlier app whose columns the file has, if that is who it is from. */
  earlier?: SourceName | undefined;
}
