/** Items put in order of their keys, equal keys in the order in which they came (a counting sort). */
export interface Buckets {
  /** The numbers of all items, key after key. */
  readonly items: Uint32Array;
  /** Where in `items` each key begins; one entry more than there are keys. */
  readonly starts: Uint32Array;
}

/**
 * Sorts items by small whole keys, `0 <= key < keyCount`, in time that grows with items and keys alone. Items come in
 * the order of their numbers, or in the one that is given.
 */
export function bucketsOf(keys: ArrayLike<number>, keyCount: number, order?: Uint32Array): Buckets {
  const starts = new Uint32Array(keyCount + 1);
  for (let item = 0; item < keys.length; item++) starts[keys[item]! + 1]!++;
  for (let key = 0; key < keyCount; key++) starts[key + 1]! += starts[key]!;

  const next = starts.slice();
  const items = new Uint32Array(keys.length);
  for (let at = 0; at < keys.length; at++) {
    const item = order === undefined ? at : order[at]!;
    items[next[keys[item]!]!++] = item;
  }
  return { items, starts };
}
