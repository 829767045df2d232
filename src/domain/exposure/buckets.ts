import { sortingPairs, wholeNumbers } from './rising.js';
import { atOneGo, type Sliced } from './sliced.js';

/** Items put in order of their keys, equal keys in the order in which they came. */
export interface Buckets {
  /** The numbers of all items, key after key. */
  readonly items: Uint32Array;
  /** Where in `items` each key begins; one entry more than there are keys. */
  readonly starts: Uint32Array;
}

/** Sorts items by whole keys, `0 <= key < keyCount`, in time that grows with items and keys alone. */
export const bucketsOf = (keys: Uint32Array, keyCount: number): Buckets => atOneGo(sortingBuckets(keys, keyCount));

/** The same, in slices. */
export function* sortingBuckets(keys: Uint32Array, keyCount: number): Sliced<Buckets> {
  const pairs = { keys: keys.slice(), items: wholeNumbers(keys.length) };
  const sorted = yield* sortingPairs(pairs, Math.max(keyCount - 1, 0));
  const starts = new Uint32Array(keyCount + 1);
  let begun = 0;
  for (let at = 0; at < keys.length; at++) {
    for (const key = sorted.keys[at]!; begun <= key; begun++) starts[begun] = at;
  }
  starts.fill(keys.length, begun);
  return { items: sorted.items, starts };
}
