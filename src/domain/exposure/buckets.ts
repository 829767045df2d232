import { atOneGo, sliceLength, type Sliced } from './sliced.js';

/** Items put in order of their keys, equal keys in the order in which they came. */
export interface Buckets {
  /** The numbers of all items, key after key. */
  readonly items: Uint32Array;
  /** Where in `items` each key begins; one entry more than there are keys. */
  readonly starts: Uint32Array;
}

/** Blocks of near keys there are at most, as bits, and keys of a block at least: what is written at once stays near. */
const blockBits = 11;

/** Sorts items by whole keys, `0 <= key < keyCount`, in time that grows with items and keys alone. */
export const bucketsOf = (keys: Uint32Array, keyCount: number): Buckets => atOneGo(sortingBuckets(keys, keyCount));

/**
 * The same, in slices. First every item is laid down in the block of its key, then each block is put in order by
 * itself: items and counters of a block lie in a near cache, those of a million keys do not.
 */
export function* sortingBuckets(keys: Uint32Array, keyCount: number): Sliced<Buckets> {
  const shift = Math.max(blockBits, 32 - Math.clz32(keyCount) - blockBits);
  const blocks = yield* inBlocks(keys, { shift, count: Math.ceil(keyCount / 2 ** shift) });
  const items = new Uint32Array(keys.length);
  const starts = new Uint32Array(keyCount + 1);
  const next = new Uint32Array(2 ** shift);
  let sliced = 0;
  for (let block = 0; block + 1 < blocks.starts.length; block++) {
    const end = blocks.starts[block + 1]!;
    const keyEnd = Math.min((block + 1) * 2 ** shift, keyCount);
    putInOrder(blocks, { block, begin: block * 2 ** shift, keyEnd, next }, { items, starts });
    if (end - sliced < sliceLength) continue;
    sliced = end;
    yield;
  }
  starts[keyCount] = keys.length;
  return { items, starts };
}

/** Items with their keys, block after block, in each in the order in which they came. */
interface Blocks extends Buckets {
  readonly keys: Uint32Array;
}

function* inBlocks(keys: Uint32Array, { shift, count }: { shift: number; count: number }): Sliced<Blocks> {
  const blocks = { keys: new Uint32Array(keys.length), items: new Uint32Array(keys.length) };
  const starts = new Uint32Array(count + 1);
  for (let item = 0; item < keys.length; item++) starts[(keys[item]! >>> shift) + 1]!++;
  for (let block = 0; block < count; block++) starts[block + 1]! += starts[block]!;
  const next = starts.slice();
  for (let begin = 0; begin < keys.length; begin += sliceLength) {
    const end = Math.min(begin + sliceLength, keys.length);
    for (let item = begin; item < end; item++) {
      const key = keys[item]!;
      const at = next[key >>> shift]!++;
      blocks.keys[at] = key;
      blocks.items[at] = item;
    }
    yield;
  }
  return { ...blocks, starts };
}

interface Block {
  readonly block: number;
  /** Its keys are `[begin, keyEnd)`. */
  readonly begin: number;
  readonly keyEnd: number;
  /** Room for a number for each of its keys. */
  readonly next: Uint32Array;
}

/** Puts the items of one block key after key, and writes down where each key begins. */
function putInOrder(blocks: Blocks, { block, begin, keyEnd, next }: Block, { items, starts }: Buckets): void {
  const { keys } = blocks;
  const [first, end] = [blocks.starts[block]!, blocks.starts[block + 1]!];
  next.fill(0);
  for (let at = first; at < end; at++) next[keys[at]! - begin]!++;
  for (let key = begin, start = first; key < keyEnd; key++) {
    starts[key] = start;
    start += next[key - begin]!;
    next[key - begin] = starts[key]!;
  }
  for (let at = first; at < end; at++) items[next[keys[at]! - begin]!++] = blocks.items[at]!;
}
