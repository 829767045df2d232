import { reaches, type Positions } from '../../src/positions.js';

/** Changes that are remembered: longer than any trace takes, at some 50 bytes each (assumption). */
const mostKept = 200_000;

interface Entry<T> {
  /** What caused these changes had been folded by then. */
  by: Positions;
  changes: readonly T[];
}

/**
 * What changed lately, for cases that were being traced meanwhile: a trace that began at some positions has seen what was
 * folded by then, and may or may not have seen what came later.
 */
export class ChangeLog<T> {
  private entries: Entry<T>[] = [];
  private kept = 0;
  private dropped = 0;

  /** All changes whose cause was folded after `since` are added. */
  constructor(private since: Positions) {}

  /** How many entries were ever added. */
  get end(): number {
    return this.dropped + this.entries.length;
  }

  add(by: Positions, changes: readonly T[]): void {
    if (changes.length === 0) return;
    this.entries.push({ by, changes });
    this.kept += changes.length;
    while (this.kept > mostKept) this.dropFirst();
  }

  /** The changes that may have come after some positions; undefined when some of them are not known. */
  after(positions: Positions): T[] | undefined {
    return this.between(positions, { first: this.dropped, end: this.end });
  }

  /** The same, of the entries that were added from `first` to before `end` alone. */
  between(positions: Positions, { first, end }: { first: number; end: number }): T[] | undefined {
    if (!reaches(positions, this.since)) return undefined;
    const some = this.entries.slice(Math.max(0, first - this.dropped), Math.max(0, end - this.dropped));
    return some.flatMap(({ by, changes }) => (reaches(positions, by) ? [] : changes));
  }

  private dropFirst(): void {
    const { by, changes } = this.entries.shift()!;
    this.since = by;
    this.kept -= changes.length;
    this.dropped++;
  }
}
