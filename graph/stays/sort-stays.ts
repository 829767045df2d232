import { bucketsOf } from '../../src/domain/exposure/buckets.js';
import { rising } from '../../src/domain/exposure/rising.js';
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

/** Sorts in time that grows with the stays alone; of stays that are one the surest is kept. */
export function sortStays(all: UnsortedStays, placeCount: number): SortedStays {
  const { items, starts } = bucketsOf(all.place, placeCount, rising(all.from));
  settleTies(all, items, starts);
  const order = withoutRepeats(all, items, starts);
  const count = order.length;
  const [person, from, length] = [new Uint32Array(count), new Float64Array(count), new Uint32Array(count)];
  const longer = new Map<number, number>();
  const trustCode = codesFor(all.trusts.length, count);
  for (let at = 0; at < count; at++) {
    const stay = order[at]!;
    const begin = all.from[stay]!;
    const whole = all.to[stay]! - begin;
    person[at] = all.person[stay]!;
    from[at] = begin;
    length[at] = Math.min(whole, tooLong);
    trustCode[at] = all.trustCode[stay]!;
    if (whole >= tooLong) longer.set(at, whole);
  }
  return {
    stays: new StayColumns({ person, from, length, longer, trustCode, trusts: all.trusts }),
    placeStarts: starts,
  };
}

/** As narrow a column as will do. */
function codesFor(values: number, count: number): Uint8Array | Uint16Array | Uint32Array {
  if (values > 0x1_0000) return new Uint32Array(count);
  return values > 0x100 ? new Uint16Array(count) : new Uint8Array(count);
}

/** Stays that begin together at one place are few, so they are put in order among themselves. */
function settleTies({ person, from, to, trustCode, trusts }: UnsortedStays, items: Uint32Array, starts: Uint32Array) {
  const order = (a: number, b: number) =>
    person[a]! - person[b]! || to[a]! - to[b]! || trusts[trustCode[b]!]! - trusts[trustCode[a]!]!;
  for (let place = 0; place + 1 < starts.length; place++) {
    const end = starts[place + 1]!;
    let first = starts[place]!;
    while (first < end) {
      const begin = from[items[first]!]!;
      let next = first + 1;
      while (next < end && from[items[next]!]! === begin) next++;
      if (next - first > 1) items.subarray(first, next).sort(order);
      first = next;
    }
  }
}

/** The first of those that are equal in everything but trust; moves `starts` to where places begin afterwards. */
function withoutRepeats({ person, from, to }: UnsortedStays, items: Uint32Array, starts: Uint32Array): Uint32Array {
  let count = 0;
  let next = 0;
  for (let place = 0; place + 1 < starts.length; place++) {
    const first = count;
    for (const end = starts[place + 1]!; next < end; next++) {
      const stay = items[next]!;
      const before = items[count - 1]!;
      const alike = count > first && person[stay] === person[before] && from[stay] === from[before];
      if (alike && to[stay] === to[before]) continue;
      items[count++] = stay;
    }
    starts[place] = first;
  }
  starts[starts.length - 1] = count;
  return items.subarray(0, count);
}
