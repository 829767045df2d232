import { bucketsOf, sortingBuckets, type Buckets } from '../../src/domain/exposure/buckets.js';
import { Growing } from '../../src/domain/exposure/growing.js';
import type {
  PersonSpan,
  Place,
  PlaceSpan,
  Run,
  StayReader,
  StaysAtPlaces,
  StaysOfPeople,
} from '../../src/domain/exposure/reader.js';
import type { Sliced } from '../../src/domain/exposure/sliced.js';
import type { StayColumns } from '../../src/domain/exposure/stay-columns.js';
import type { Numbers } from './numbers.js';
import type { Places } from './places.js';
import type { SortedStays } from './sort-stays.js';

/** Every so many stays it is written down at which place they are. */
const blockBits = 5;

/** Stays in memory as sorted columns: 22 bytes each beside the ids, people and places. Answers at once. */
export class MemoryStays implements StayReader {
  readonly stays: StayColumns;
  /** Where each place's stays begin; one entry more than there are places. */
  readonly placeStarts: Uint32Array;
  /** The stays of each person, in the order of the columns. */
  private readonly ofPerson: Uint32Array;
  private readonly personStarts: Uint32Array;
  /** The longest stay at each place, which tells how far back a look must go. */
  private readonly longest: Float64Array;
  /** The place of the first stay of each block. */
  private readonly placeOfBlock: Uint32Array;

  constructor(
    sorted: SortedStays,
    readonly people: Numbers,
    readonly places: Places,
    byPerson: Buckets = bucketsOf(sorted.stays.columns.person, people.ids.length),
  ) {
    this.stays = sorted.stays;
    this.placeStarts = sorted.placeStarts;
    this.ofPerson = byPerson.items;
    this.personStarts = byPerson.starts;
    this.longest = longestAtEach(this.stays, this.placeStarts);
    this.placeOfBlock = blocksOf(this.stays.count, this.placeStarts);
  }

  /** How many different stays, people and real venues there are. */
  get counts(): { stays: number; people: number; venues: number } {
    return { stays: this.stays.count, people: this.personCount, venues: this.places.venueCount };
  }

  /** Memory of all columns, ids aside. */
  get bytes(): number {
    const { person, from, length, trustCode } = this.stays.columns;
    const own = [this.placeStarts, this.ofPerson, this.personStarts, this.longest, this.placeOfBlock];
    return [person, from, length, trustCode, ...own].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** How many numbers stand for people and places without any stay. */
  get idle(): number {
    return idleIn(this.personStarts) + idleIn(this.placeStarts);
  }

  get personCount(): number {
    return this.people.ids.length;
  }

  personNumber(id: string): number | undefined {
    return this.people.byId.get(id);
  }

  personId(person: number): string {
    return this.people.ids[person]!;
  }

  place(place: number): Place {
    return this.places.list[place]!;
  }

  staysOf(asked: readonly PersonSpan[]): StaysOfPeople[] {
    const [question, stay, place] = [new Growing(Uint32Array), new Growing(Uint32Array), new Growing(Uint32Array)];
    const { ofPerson, personStarts, stays } = this;
    for (let each = 0; each < asked.length; each++) {
      const { person, from, to } = asked[each]!;
      if (person + 1 >= personStarts.length) continue;
      for (let at = personStarts[person]!; at < personStarts[person + 1]!; at++) {
        const one = ofPerson[at]!;
        // A stay that ends when it begins was emptied: it is gone.
        if (stays.from(one) >= to || stays.to(one) <= Math.max(from, stays.from(one))) continue;
        question.push(each);
        stay.push(one);
        place.push(this.placeOf(one));
      }
    }
    return [{ stays, asked: question.view(), stay: stay.view(), place: place.view() }];
  }

  staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all'): StaysAtPlaces[] {
    const runs: Run[] = [];
    for (let question = 0; question < asked.length; question++) {
      const { place, from, to } = asked[question]!;
      if (zones === 'same') this.addRun(runs, { asked: question, place, from, to });
      else {
        for (const each of this.places.zonesOf(this.place(place).venueNumber)) {
          this.addRun(runs, { asked: question, place: each, from, to });
        }
      }
    }
    return [{ stays: this.stays, runs }];
  }

  /** The stays of a person, one after the other. */
  *ofOne(person: number): Generator<number> {
    const { personStarts } = this;
    if (person + 1 >= personStarts.length) return;
    for (let at = personStarts[person]!; at < personStarts[person + 1]!; at++) yield this.ofPerson[at]!;
  }

  private addRun(runs: Run[], { asked, place, from, to }: PlaceSpan & { asked: number }): void {
    if (place + 1 >= this.placeStarts.length) return;
    const first = this.firstFrom(place, from - this.longest[place]!);
    const end = this.firstFrom(place, to);
    if (first < end) runs.push({ asked, place, first, end });
  }

  /** The first stay at a place that began at an instant or later; the end of the place if none did. */
  private firstFrom(place: number, instant: number): number {
    const { from } = this.stays.columns;
    let low = this.placeStarts[place]!;
    let high = this.placeStarts[place + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (from[middle]! < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  placeOf(stay: number): number {
    let place = this.placeOfBlock[stay >>> blockBits]!;
    while (this.placeStarts[place + 1]! <= stay) place++;
    return place;
  }
}

/** Adds the index of people to sorted stays, in slices. */
export function* indexing(sorted: SortedStays, people: Numbers, places: Places): Sliced<MemoryStays> {
  const byPerson = yield* sortingBuckets(sorted.stays.columns.person, people.ids.length);
  return new MemoryStays(sorted, people, places, byPerson);
}

function idleIn(starts: Uint32Array): number {
  let idle = 0;
  for (let each = 1; each < starts.length; each++) if (starts[each] === starts[each - 1]) idle++;
  return idle;
}

function longestAtEach({ columns }: StayColumns, placeStarts: Uint32Array): Float64Array {
  const { length, longer } = columns;
  const longest = new Float64Array(placeStarts.length - 1);
  for (let place = 0; place < longest.length; place++) {
    for (let stay = placeStarts[place]!; stay < placeStarts[place + 1]!; stay++) {
      if (length[stay]! > longest[place]!) longest[place] = length[stay]!;
    }
  }
  for (const [stay, whole] of longer) {
    const place = placeAmong(placeStarts, stay);
    longest[place] = Math.max(longest[place]!, whole);
  }
  return longest;
}

function blocksOf(count: number, placeStarts: Uint32Array): Uint32Array {
  const blocks = new Uint32Array((count >>> blockBits) + 1);
  let place = 0;
  for (let block = 0; block < blocks.length; block++) {
    while (place + 2 < placeStarts.length && placeStarts[place + 1]! <= block << blockBits) place++;
    blocks[block] = place;
  }
  return blocks;
}

/** The place whose stays hold a stay. */
function placeAmong(placeStarts: Uint32Array, stay: number): number {
  let low = 0;
  let high = placeStarts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (placeStarts[middle]! <= stay) low = middle;
    else high = middle;
  }
  return low;
}
