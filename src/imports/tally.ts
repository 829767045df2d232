/** A row of a file: its line, the header being line 1, and what stands in it. */
export interface Place {
  row: number;
  cells: string[];
}

/** Why a row was not taken. */
export interface Why {
  column: string;
  expected: string;
  got: string;
  reason: Reason;
}

/** A row that was not taken, and why. */
export type Reject = Place & Why;

/** Why a row was not taken, as a word a program may act on. */
export type Reason =
  'broken-row' | 'not-utf-8' | 'bad-value' | 'no-id' | 'too-old' | 'in-future' | 'circle' | 'contradiction';

/** What became of the rows of a file: `read = accepted + merged + queued + rejected` (SPEC 3, 12). */
export interface Counts {
  read: number;
  /** New here. */
  accepted: number;
  /** Known already, perhaps with something added. */
  merged: number;
  /** Waiting for a person to decide. */
  queued: number;
  rejected: number;
}

/** What can become of a row that was read and made sense. */
export type Fate = 'accepted' | 'merged' | 'queued';

/** Counts the rows of one file, and hands over the rejected ones part by part, so that it never holds them all. */
export class Tally {
  readonly counts: Counts = { read: 0, accepted: 0, merged: 0, queued: 0, rejected: 0 };
  private waiting: Reject[] = [];

  add(fate: Fate, rows = 1): void {
    this.counts[fate] += rows;
    this.counts.read += rows;
  }

  reject({ row, cells }: Place, why: Why): void {
    this.counts.rejected++;
    this.counts.read++;
    this.waiting.push({ row, cells, ...why });
  }

  /** The rejects since the last call, in the order of the file. */
  takeRejects(): Reject[] {
    const taken = this.waiting.sort((a, b) => a.row - b.row);
    this.waiting = [];
    return taken;
  }
}
