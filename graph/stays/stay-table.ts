import { bucketsOf } from '../../src/domain/exposure/buckets.js';
import { StayColumns, tooLong } from '../../src/domain/exposure/stay-columns.js';
import type { DirectKind } from '../../src/domain/policy/contact.js';
import { directVenueId } from './direct-venue.js';
import { Growing } from './growing.js';
import { MemoryStays } from './memory-stays.js';
import { Numbers } from './numbers.js';
import { Places, type VenueFacts } from './places.js';

/** One stay, ids as they are written, instants in milliseconds UTC. */
export interface StayEntry {
  readonly person: string;
  readonly venue: string;
  readonly zone: string;
  readonly in: number;
  readonly out: number;
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
  private readonly trust = new Growing(Float64Array);

  /** Tables that share their numbers give the same ones to the same people and places. */
  constructor(
    private readonly people = new Numbers(),
    private readonly places = new Places(),
  ) {}

  add(stay: StayEntry, facts?: VenueFacts): void {
    this.person.push(this.people.of(stay.person));
    this.place.push(this.places.numberOf(stay.venue, stay.zone, facts));
    this.from.push(stay.in);
    this.to.push(stay.out);
    this.trust.push(stay.trust);
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
    const order = this.inOrder();
    const column = (values: Float64Array | Uint32Array) => Float64Array.from(order, (stay) => values[stay]!);
    const [from, to] = [column(this.from.view()), column(this.to.view())];
    const { length, longer } = lengthsOf(from, to);
    const person = Uint32Array.from(column(this.person.view()));
    const stays = new StayColumns({ person, from, length, longer, ...coded(column(this.trust.view())) });
    const { starts } = bucketsOf(column(this.place.view()), this.places.list.length);
    const { ids, byId } = this.people;
    return new MemoryStays({ stays, placeStarts: starts, places: this.places, ids, numbers: byId });
  }

  private inOrder(): Uint32Array {
    const [person, from, to, trust] = [this.person.view(), this.from.view(), this.to.view(), this.trust.view()];
    const { items, starts } = bucketsOf(this.place.view(), this.places.list.length);
    const alike = (a: number, b: number) => from[a]! - from[b]! || person[a]! - person[b]! || to[a]! - to[b]!;
    for (let place = 0; place + 1 < starts.length; place++) {
      items.subarray(starts[place], starts[place + 1]).sort((a, b) => alike(a, b) || trust[b]! - trust[a]!);
    }
    const place = this.place.view();
    const repeats = (at: number) =>
      at > 0 && place[items[at]!] === place[items[at - 1]!] && alike(items[at]!, items[at - 1]!) === 0;
    return items.filter((_, at) => !repeats(at));
  }
}

function lengthsOf(from: Float64Array, to: Float64Array): { length: Uint32Array; longer: Map<number, number> } {
  const longer = new Map<number, number>();
  const length = Uint32Array.from(from, (begin, stay) => {
    const whole = to[stay]! - begin;
    if (whole >= tooLong) longer.set(stay, whole);
    return Math.min(whole, tooLong);
  });
  return { length, longer };
}

/** The different values once, and for each stay where its own stands; as narrow a column as will do. */
function coded(trust: Float64Array): { trustCode: Uint8Array | Uint16Array | Uint32Array; trusts: Float64Array } {
  const trusts = Float64Array.from(new Set(trust));
  const codes = new Map(Array.from(trusts, (value, code) => [value, code]));
  const all = Uint32Array.from(trust, (value) => codes.get(value)!);
  if (trusts.length > 0x1_0000) return { trustCode: all, trusts };
  return { trustCode: trusts.length > 0x100 ? new Uint16Array(all) : new Uint8Array(all), trusts };
}
