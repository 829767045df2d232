import { describe, expect, it } from '@jest/globals';
import { bucketsOf } from '../../../src/domain/exposure/buckets.js';

/** The same numbers each time, spread over `[0, below)`. */
const spread = (count: number, below: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 0) % below);

describe('items in order of their keys', () => {
  it.each([
    ['no key at all', 0, 0],
    ['keys without items', 0, 5],
    ['one key', 7, 1],
    ['few keys', 1_000, 3],
    ['as many keys as one block holds', 5_000, 2_048],
    ['one key more than a block holds', 5_000, 2_049],
    ['several blocks, the last one not full', 20_000, 10_000],
    ['more keys than items, over many blocks', 3_000, 200_000],
    ['blocks that are larger, for there would be too many', 3_000, 2 ** 22 + 5],
  ])('%s', (_, count, keyCount) => {
    const keys = spread(count, Math.max(keyCount, 1));
    const { items, starts } = bucketsOf(keys, keyCount);
    const expected = [...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b);
    expect([...items]).toEqual(expected);
    expect(starts).toHaveLength(keyCount + 1);
    expect(starts[keyCount]).toBe(count);
    const wrong = expected.filter((item, at) => at < starts[keys[item]!]! || at >= starts[keys[item]! + 1]!);
    expect(wrong).toEqual([]);
    expect(starts.every((start, key) => key === 0 || start >= starts[key - 1]!)).toBe(true);
  });

  it('leaves the keys as they were', () => {
    const keys = spread(1_000, 5_000);
    bucketsOf(keys, 5_000);
    expect(keys).toEqual(spread(1_000, 5_000));
  });
});
