import { Growing } from '../../src/domain/exposure/growing.js';
import { atOneGo, type Sliced } from '../../src/domain/exposure/sliced.js';
import type { DirectKind } from '../../src/domain/policy/contact.js';
import { directVenueId } from './direct-venue.js';
import { indexing, type MemoryStays } from './memory-stays.js';
import { Numbers } from './numbers.js';
import { Places, type VenueFacts } from './places.js';
import { sortingStays } from './sort-stays.js';
import { TrustCodes } from './trust-codes.js';

/** One stay, ids as they are written, instants in milliseconds UTC. */
export interface StayEntry {
  readonly person: string;
  readonly venue: string;
  readonly zone: string;
  readonly in: number;
  readonly out: number;
  readonly trust: number;
}

/** One stay, people and places by their numbers. */
export interface NumberedStay {
  readonly person: number;
  readonly place: number;
  readonly from: number;
  readonly to: number;
  readonly trust: number;
}

/** Two people who met without a venue of theirs. */
export interface DirectEncounter {
  readonly kind: DirectKind;
  readonly personA: string;
  readonly personB: string;
  readonly from: number;
  readonly to: number;
}

/** Collects stays in any order, then sorts them into a {@link MemoryStays}. */
export class StayTable {
  private readonly person = new Growing(Uint32Array);
  private readonly place = new Growing(Uint32Array);
  private readonly from = new Growing(Float64Array);
  private readonly to = new Growing(Float64Array);
  private readonly trustCode = new Growing(Uint32Array);
  private readonly codes = new TrustCodes();

  /** Tables that share their numbers give the same ones to the same people and places. */
  constructor(
    readonly people = new Numbers(),
    readonly places = new Places(),
  ) {}

  get length(): number {
    return this.person.length;
  }

  add(stay: StayEntry, facts?: VenueFacts): void {
    this.put({
      person: this.people.of(stay.person),
      place: this.places.numberOf(stay.venue, stay.zone, facts),
      from: stay.in,
      to: stay.out,
      trust: stay.trust,
    });
  }

  put({ person, place, from, to, trust }: NumberedStay): void {
    this.person.push(person);
    this.place.push(place);
    this.from.push(from);
    this.to.push(to);
    this.trustCode.push(this.codes.of(trust));
  }

  /** Two stays at a private venue of its own, named as SPEC 5.2 says, `from` as exports write instants. */
  addDirect({ kind, personA, personB, from, to }: DirectEncounter): void {
    const venue = directVenueId({ kind, people: [personA, personB], from });
    for (const person of [personA, personB]) {
      this.add({ person, venue, zone: '', in: from, out: to, trust: 1 }, { direct: kind });
    }
  }

  /** Sorts by place, then by start; stays equal in person, place, start and end become one, the surest. */
  build(): MemoryStays {
    return atOneGo(this.building());
  }

  /** The same, in slices. */
  *building(): Sliced<MemoryStays> {
    const all = {
      person: this.person.view(),
      place: this.place.view(),
      from: this.from.view(),
      to: this.to.view(),
      trustCode: this.trustCode.view(),
      trusts: this.codes.trusts,
    };
    const sorted = yield* sortingStays(all, this.places.list.length);
    return yield* indexing(sorted, this.people, this.places);
  }
}
