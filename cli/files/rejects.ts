import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { csvRow } from '../../src/domain/csv/write.js';
import { Refused } from '../errors.js';

/** A row that was not taken, as the API tells of it; `cells` is what stood there, in the columns of the file. */
export const rejectedRow = z.object({
  row: z.int(),
  column: z.string(),
  expected: z.string(),
  got: z.string(),
  reason: z.string(),
  cells: z.array(z.string()),
});
export type RejectedRow = z.output<typeof rejectedRow>;

/** `row 17, column out: expected an instant, got "x"`. */
export const explainReject = ({ row, column, expected, got }: RejectedRow): string =>
  `row ${row}${column && `, column ${column}`}: expected ${expected}, got ${got}`;

/**
 * A file of rejected rows: the columns of the file they come from, then the row's line and why it was rejected. Whoever
 * mends the cells can import this very file, for columns that are not known are ignored.
 */
export class RejectsFile {
  private width = 0;

  private constructor(private readonly file: FileHandle) {}

  /** Throws a {@link Refused} when there can be no such file. */
  static async create(path: string): Promise<RejectsFile> {
    try {
      return new RejectsFile(await open(path, 'w'));
    } catch (error) {
      throw new Refused(`${path}: cannot be written (${(error as Error).message})`);
    }
  }

  async head(columns: string[]): Promise<void> {
    this.width = columns.length;
    await this.write([...columns, 'rejectedRow', 'rejectedBecause']);
  }

  async add(reject: RejectedRow): Promise<void> {
    const cells = Array.from({ length: this.width }, (_, at) => reject.cells[at] ?? '');
    await this.write([...cells, String(reject.row), explainReject(reject)]);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async write(cells: string[]): Promise<void> {
    await this.file.write(csvRow(cells));
  }
}
