/** Bits that one pass looks at: the counters of a pass then stay in the nearest cache. */
const digitBits = 11;
const digits = 1 << digitBits;

/** What a 32-bit word holds. */
const word = 2 ** 32;

/** Keys with the items they belong to. */
interface Pairs {
  readonly keys: Uint32Array;
  readonly items: Uint32Array;
}

/**
 * The numbers of whole values in the order of the values, equal ones in the order in which they came: a radix sort, for
 * it asks no function which of two comes first, and needs three passes for instants of seven weeks.
 */
export function rising(values: Float64Array): Uint32Array {
  const [least, most] = boundsOf(values);
  let items = wholeNumbers(values.length);
  for (let beneath = 1; beneath <= most - least; beneath *= word) {
    const keys = new Uint32Array(values.length);
    for (let at = 0; at < keys.length; at++) keys[at] = Math.floor((values[items[at]!]! - least) / beneath) % word;
    ({ items } = sortPairs({ keys, items }, Math.min(Math.floor((most - least) / beneath), word - 1)));
  }
  return items;
}

/** 0, 1, 2, … */
function wholeNumbers(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let at = 0; at < count; at++) numbers[at] = at;
  return numbers;
}

/**
 * Sorts pairs by keys up to `most`, equal keys in the order in which they came, digit after digit from the lowest. The
 * pairs given may be overwritten. Pairs move together, in streams: looking keys up by item would cost a miss of the
 * cache for each.
 */
function sortPairs(pairs: Pairs, most: number): Pairs {
  let from = pairs;
  let to: Pairs = { keys: new Uint32Array(pairs.keys.length), items: new Uint32Array(pairs.items.length) };
  for (let shift = 0; shift < 32 && most >>> shift > 0; shift += digitBits) {
    movePairs(from, to, shift);
    [from, to] = [to, from];
  }
  return from;
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

/** Where the pairs of each digit begin. */
function digitStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(digits + 1);
  for (let at = 0; at < keys.length; at++) starts[((keys[at]! >>> shift) & (digits - 1)) + 1]!++;
  for (let digit = 0; digit < digits; digit++) starts[digit + 1]! += starts[digit]!;
  return starts;
}

function movePairs({ keys, items }: Pairs, to: Pairs, shift: number): void {
  const next = digitStarts(keys, shift);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    const place = next[(key >>> shift) & (digits - 1)]!++;
    to.keys[place] = key;
    to.items[place] = items[at]!;
  }
}
