import { MemoryStays } from '../graph/stays/memory-stays.js';
import { Numbers } from '../graph/stays/numbers.js';
import { Places } from '../graph/stays/places.js';
import { sortStays } from '../graph/stays/sort-stays.js';

/** How much of a country an engine bench holds. */
export interface Scale {
  stays: number;
  people: number;
  venues: number;
}

export const million: Scale = { stays: 1_000_000, people: 100_000, venues: 10_000 };
export const tenMillion: Scale = { stays: 10_000_000, people: 1_000_000, venues: 100_000 };

/** The stays lie in 14 days from here (UTC), 2021-10-01. */
export const beginMs = Date.UTC(2021, 9, 1);
const dayMs = 86_400_000;
const spanMs = 14 * dayMs;
const minuteMs = 60_000;

/** How unevenly people spread over venues (issue B): the k-th is chosen in proportion to k^-0.7. */
const zipf = 0.7;

/** No stay of the worlds is longer: SQL may use that. */
export const longestMs = 120 * minuteMs;

/** Stays as columns, as a generator gives them: in no order. Person i is written {@link personName}. */
export interface WorldStays {
  person: Uint32Array;
  venue: Uint32Array;
  from: Float64Array;
  to: Float64Array;
}

/** Names whose order as text is that of the numbers, so that other engines may compare numbers. */
export const personName = (person: number): string => `p${String(person).padStart(8, '0')}`;
export const venueName = (venue: number): string => `v${String(venue).padStart(8, '0')}`;

/** The same world for the same scale, always: stays of 10 to 120 minutes that begin at whole seconds, day and night. */
export function makeStays({ stays, people, venues }: Scale): WorldStays {
  const columns = {
    person: new Uint32Array(stays),
    venue: new Uint32Array(stays),
    from: new Float64Array(stays),
    to: new Float64Array(stays),
  };
  const random = randomFrom(20_211_001);
  const rankOf = zipfRanks(venues);
  for (let stay = 0; stay < stays; stay++) {
    columns.person[stay] = Math.floor(random() * people);
    columns.venue[stay] = rankOf(random());
    const from = beginMs + Math.floor((random() * spanMs) / 1_000) * 1_000;
    columns.from[stay] = from;
    columns.to[stay] = from + 10 * minuteMs + Math.floor(random() * 110) * minuteMs;
  }
  return columns;
}

/** The rank that a number in [0, 1) chooses: the first whose share, added to those before it, exceeds the number. */
function zipfRanks(venues: number): (chance: number) => number {
  const sums = new Float64Array(venues);
  for (let rank = 0, sum = 0; rank < venues; rank++) sums[rank] = sum += (rank + 1) ** -zipf;
  return (chance) => {
    const wanted = chance * sums[venues - 1]!;
    let [low, high] = [0, venues - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Puts the columns into the memory reader; numbers of people and places are those of the columns. */
export function intoMemory({ person, venue, from, to }: WorldStays, { people, venues }: Scale) {
  const [numbers, places] = [new Numbers(), new Places()];
  for (let each = 0; each < people; each++) numbers.of(personName(each));
  for (let each = 0; each < venues; each++) places.numberOf(venueName(each), '');
  const begun = performance.now();
  const all = { person, place: venue, from, to, trustCode: new Uint32Array(person.length), trusts: Float64Array.of(1) };
  const stays = new MemoryStays(sortStays(all, venues), numbers, places);
  return { stays, nsPerStay: ((performance.now() - begun) * 1e6) / person.length };
}

/** One pass over the sorted columns, as plain as can be: the floor for whoever looks at every stay once. */
export function sequentialPass({ stays }: MemoryStays): number {
  const { person, from, length } = stays.columns;
  const [begin, end] = [beginMs + spanMs / 4, beginMs + (3 * spanMs) / 4];
  let sum = 0;
  for (let stay = 0; stay < person.length; stay++) {
    if (from[stay]! < end && from[stay]! + length[stay]! > begin) sum += person[stay]!;
  }
  return sum;
}

/** Mulberry32: a small generator with a seed, for the same world on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
