import { bucketsOf } from '../../src/domain/exposure/buckets.js';
import type {
  PersonSpan,
  Place,
  PlaceSpan,
  Run,
  StayReader,
  StaysAtPlaces,
  StaysOfPeople,
} from '../../src/domain/exposure/reader.js';
import type { StayColumns } from '../../src/domain/exposure/stay-columns.js';
import type { Places } from './places.js';

/** What a {@link MemoryStays} is made of: stays sorted by place, then by start. */
export interface Sorted {
  readonly stays: StayColumns;
  /** Where each place's stays begin; one entry more than there are places. */
  readonly placeStarts: Uint32Array;
  readonly places: Places;
  readonly ids: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
}

/** Stays in memory, for one reading of files: 21 bytes each beside the ids. Answers at once. */
export class MemoryStays implements StayReader {
  private readonly stays: StayColumns;
  /** The stays of each person, in the order of the columns. */
  private readonly ofPerson: Uint32Array;
  private readonly personStarts: Uint32Array;
  /** The longest stay at each place, which tells how far back a look must go. */
  private readonly longest: Float64Array;
  private readonly siblings: readonly (readonly number[])[];

  constructor(private readonly sorted: Sorted) {
    this.stays = sorted.stays;
    const people = Uint32Array.from({ length: this.stays.count }, (_, stay) => this.stays.person(stay));
    const byPerson = bucketsOf(people, sorted.ids.length);
    this.ofPerson = byPerson.items;
    this.personStarts = byPerson.starts;
    this.longest = new Float64Array(sorted.places.list.length).map((_, place) => this.longestAt(place));
    this.siblings = siblingsOf(sorted.places.list);
  }

  /** How many different stays, people and real venues there are. */
  get counts(): { stays: number; people: number; venues: number } {
    return { stays: this.stays.count, people: this.personCount, venues: this.sorted.places.venueCount };
  }

  get personCount(): number {
    return this.sorted.ids.length;
  }

  get placeCount(): number {
    return this.sorted.places.list.length;
  }

  personNumber(id: string): number | undefined {
    return this.sorted.numbers.get(id);
  }

  personId(person: number): string {
    return this.sorted.ids[person]!;
  }

  place(place: number): Place {
    return this.sorted.places.list[place]!;
  }

  staysOf(asked: readonly PersonSpan[]): StaysOfPeople {
    const found = { stays: this.stays, asked: [] as number[], stay: [] as number[], place: [] as number[] };
    for (const [question, { person, from, to }] of asked.entries()) {
      for (let each = this.personStarts[person]!; each < this.personStarts[person + 1]!; each++) {
        const stay = this.ofPerson[each]!;
        if (this.stays.from(stay) >= to || this.stays.to(stay) <= from) continue;
        found.asked.push(question);
        found.stay.push(stay);
        found.place.push(this.placeOf(stay));
      }
    }
    return found;
  }

  staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all'): StaysAtPlaces {
    const runs: Run[] = [];
    for (const [question, span] of asked.entries()) {
      const places = zones === 'same' ? [span.place] : this.siblings[this.place(span.place).venueNumber]!;
      for (const place of places) {
        const first = this.firstFrom(place, span.from - this.longest[place]!);
        const end = this.firstFrom(place, span.to);
        if (first < end) runs.push({ asked: question, place, first, end });
      }
    }
    return { stays: this.stays, runs };
  }

  /** The first stay at a place that began at an instant or later; the end of the place if none did. */
  private firstFrom(place: number, instant: number): number {
    let low = this.sorted.placeStarts[place]!;
    let high = this.sorted.placeStarts[place + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.stays.from(middle) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private placeOf(stay: number): number {
    const starts = this.sorted.placeStarts;
    let low = 0;
    let high = starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= stay) low = middle;
      else high = middle;
    }
    return low;
  }

  private longestAt(place: number): number {
    let longest = 0;
    for (let stay = this.sorted.placeStarts[place]!; stay < this.sorted.placeStarts[place + 1]!; stay++) {
      longest = Math.max(longest, this.stays.to(stay) - this.stays.from(stay));
    }
    return longest;
  }
}

/** The places of each venue, by its number. */
function siblingsOf(places: readonly Place[]): number[][] {
  const siblings: number[][] = [];
  for (const [number, place] of places.entries()) (siblings[place.venueNumber] ??= []).push(number);
  return siblings;
}
