/** Bits that one pass looks at: the counters of a pass then stay in the nearest cache. */
const digitBits = 11;
const digits = 1 << digitBits;

/** What a 32-bit word holds. */
const word = 2 ** 32;

/**
 * The numbers of whole values in the order of the values, equal ones in the order in which they came: a radix sort, for
 * it asks no function which of two comes first, and needs three passes for instants of seven weeks.
 */
export function rising(values: Float64Array): Uint32Array {
  const [least, most] = boundsOf(values);
  let items: Uint32Array = new Uint32Array(values.length);
  for (let item = 0; item < items.length; item++) items[item] = item;
  const keys = new Uint32Array(values.length);
  for (let beneath = 1; beneath <= most - least; beneath *= word) {
    for (let at = 0; at < keys.length; at++) keys[at] = Math.floor((values[items[at]!]! - least) / beneath) % word;
    items = byWord(keys, items, Math.min(Math.floor((most - least) / beneath), word - 1));
  }
  return items;
}

function boundsOf(values: Float64Array): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** Sorts items by the keys beside them, digit after digit from the lowest; both are moved and may be overwritten. */
function byWord(keys: Uint32Array, items: Uint32Array, most: number): Uint32Array {
  let from: Pairs = { keys, items };
  let to: Pairs = { keys: new Uint32Array(keys.length), items: new Uint32Array(items.length) };
  for (let shift = 0; shift < 32 && most >>> shift > 0; shift += digitBits) {
    pass(from, to, shift);
    [from, to] = [to, from];
  }
  return from.items;
}

interface Pairs {
  readonly keys: Uint32Array;
  readonly items: Uint32Array;
}

function pass(from: Pairs, to: Pairs, shift: number): void {
  const next = new Uint32Array(digits + 1);
  const { keys, items } = from;
  for (let at = 0; at < keys.length; at++) next[((keys[at]! >>> shift) & (digits - 1)) + 1]!++;
  for (let digit = 0; digit < digits; digit++) next[digit + 1]! += next[digit]!;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    const place = next[(key >>> shift) & (digits - 1)]!++;
    to.keys[place] = key;
    to.items[place] = items[at]!;
  }
}
