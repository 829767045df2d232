import { atOneGo, sliceLength, type Sliced } from '../../src/domain/exposure/sliced.js';
import { StayColumns, tooLong } from '../../src/domain/exposure/stay-columns.js';

/** Stays as they came, in any order: rows of one index belong together. */
export interface UnsortedStays {
  readonly person: Uint32Array;
  readonly place: Uint32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly trustCode: Uint32Array;
  readonly trusts: Float64Array;
}

/** Stays sorted by place, then by start, then by person, then by end; no two of them equal in all four. */
export interface SortedStays {
  readonly stays: StayColumns;
  /** Where each place's stays begin; one entry more than there are places. */
  readonly placeStarts: Uint32Array;
}

type Codes = Uint8Array | Uint16Array | Uint32Array;

interface Rows {
  readonly person: Uint32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly trustCode: Codes;
}

/** Sorts stays at one go; of those that are one the surest is kept. */
export const sortStays = (all: UnsortedStays, placeCount: number): SortedStays =>
  atOneGo(sortingStays(all, placeCount));

/**
 * Sorts stays in slices. First every stay is laid down at its place, then each place is sorted by itself, in the nearest
 * cache: looking far columns up in a sorted order would take most of the time.
 */
export function* sortingStays(all: UnsortedStays, placeCount: number): Sliced<SortedStays> {
  const starts = placeStartsOf(all.place, placeCount);
  const rows = laidDown(all, starts);
  yield;
  const sorter = new PlaceSorter(rows, all.trusts);
  let count = 0;
  let sliced = 0;
  for (let place = 0; place < placeCount; place++) {
    const [first, end] = [starts[place]!, starts[place + 1]!];
    starts[place] = count;
    count = sorter.sort(first, end, count);
    if (end - sliced < sliceLength) continue;
    sliced = end;
    yield;
  }
  starts[placeCount] = count;
  return { stays: columnsOf(rows, count, all.trusts), placeStarts: starts };
}

function placeStartsOf(place: Uint32Array, placeCount: number): Uint32Array {
  const starts = new Uint32Array(placeCount + 1);
  for (let stay = 0; stay < place.length; stay++) starts[place[stay]! + 1]!++;
  for (let each = 0; each < placeCount; each++) starts[each + 1]! += starts[each]!;
  return starts;
}

function laidDown({ person, place, from, to, trustCode, trusts }: UnsortedStays, starts: Uint32Array): Rows {
  const rows = emptyRows(place.length, trusts.length);
  const next = starts.slice();
  // Where all stays are as sure as each other, each code is 0, as the column is: a far write less.
  const differ = trusts.length > 1;
  for (let stay = 0; stay < place.length; stay++) {
    const row = next[place[stay]!]!++;
    rows.person[row] = person[stay]!;
    rows.from[row] = from[stay]!;
    rows.to[row] = to[stay]!;
    if (differ) rows.trustCode[row] = trustCode[stay]!;
  }
  return rows;
}

function emptyRows(count: number, trusts: number): Rows {
  // As narrow a column as will do.
  const Codes = trusts > 0x1_0000 ? Uint32Array : trusts > 0x100 ? Uint16Array : Uint8Array;
  return {
    person: new Uint32Array(count),
    from: new Float64Array(count),
    to: new Float64Array(count),
    trustCode: new Codes(count),
  };
}

/** The ends become lengths of half the size. */
function columnsOf({ person, from, to, trustCode }: Rows, count: number, trusts: Float64Array): StayColumns {
  const length = new Uint32Array(count);
  const longer = new Map<number, number>();
  for (let stay = 0; stay < count; stay++) {
    const whole = to[stay]! - from[stay]!;
    length[stay] = whole < tooLong ? whole : tooLong;
    if (whole >= tooLong) longer.set(stay, whole);
  }
  const fitted = <T extends Codes | Float64Array>(column: T) =>
    (count === column.length ? column : column.slice(0, count)) as T;
  return new StayColumns({
    person: fitted(person),
    from: fitted(from),
    length,
    longer,
    trustCode: fitted(trustCode),
    trusts,
  });
}

/** Sorts the rows of one place after the other. */
class PlaceSorter {
  private keys = new Float64Array(0);
  private taken = emptyRows(0, 0);

  constructor(
    private readonly rows: Rows,
    private readonly trusts: Float64Array,
  ) {}

  /** Sorts the rows `[first, end)` and lays those that differ down from `to` on, `to <= first`; gives where they end. */
  sort(first: number, end: number, to: number): number {
    const { person, from, to: ends, trustCode } = this.rows;
    const order = this.orderOf(first, end);
    const { taken } = this;
    for (let at = first; at < end; at++) this.take(at, at - first);
    let count = to;
    for (let at = 0; at < end - first; at++) {
      const row = order === undefined ? at : order[at]!;
      const before = count - 1;
      const again =
        count > to &&
        taken.from[row] === from[before] &&
        taken.person[row] === person[before] &&
        taken.to[row] === ends[before];
      if (again) continue;
      person[count] = taken.person[row]!;
      from[count] = taken.from[row]!;
      ends[count] = taken.to[row]!;
      trustCode[count++] = taken.trustCode[row]!;
    }
    return count;
  }

  private take(row: number, at: number): void {
    const { rows, taken } = this;
    taken.person[at] = rows.person[row]!;
    taken.from[at] = rows.from[row]!;
    taken.to[at] = rows.to[row]!;
    taken.trustCode[at] = rows.trustCode[row]!;
  }

  /** The order of some rows, counted from the first of them; undefined where they are in order already. */
  private orderOf(first: number, end: number): ArrayLike<number> | undefined {
    const { from } = this.rows;
    const count = end - first;
    if (count > this.keys.length) this.makeRoom(count);
    let [least, most, rises] = [Infinity, -Infinity, true];
    for (let row = first; row < end; row++) {
      const begin = from[row]!;
      rises &&= begin > most;
      if (begin < least) least = begin;
      if (begin > most) most = begin;
    }
    if (rises) return undefined;
    if ((most - least + 1) * count > Number.MAX_SAFE_INTEGER) {
      return Array.from({ length: count }, (_, row) => row).sort((a, b) => this.compare(first + a, first + b));
    }
    return this.orderByKeys(first, count, least);
  }

  /** Start and row in one number: numbers sort without being asked. */
  private orderByKeys(first: number, count: number, least: number): Float64Array {
    const { from } = this.rows;
    const keys = this.keys.subarray(0, count);
    for (let row = 0; row < count; row++) keys[row] = (from[first + row]! - least) * count + row;
    keys.sort();
    let begun = 0;
    let begin = NaN;
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      const start = Math.floor(key / count);
      keys[at] = key - start * count;
      if (start === begin) continue;
      this.settle(keys, begun, at, first);
      begun = at;
      begin = start;
    }
    this.settle(keys, begun, count, first);
    return keys;
  }

  /** Stays that begin together are few: they are put in order among themselves. */
  private settle(order: Float64Array, begun: number, end: number, first: number): void {
    if (end - begun > 1) order.subarray(begun, end).sort((a, b) => this.compare(first + a, first + b));
  }

  private compare(a: number, b: number): number {
    const { person, from, to, trustCode } = this.rows;
    return (
      from[a]! - from[b]! ||
      person[a]! - person[b]! ||
      to[a]! - to[b]! ||
      this.trusts[trustCode[b]!]! - this.trusts[trustCode[a]!]!
    );
  }

  private makeRoom(count: number): void {
    this.keys = new Float64Array(count);
    this.taken = emptyRows(count, this.trusts.length);
  }
}
