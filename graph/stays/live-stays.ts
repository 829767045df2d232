import type {
  PersonSpan,
  Place,
  PlaceSpan,
  StayReader,
  StaysAtPlaces,
  StaysOfPeople,
} from '../../src/domain/exposure/reader.js';
import type { Sliced } from '../../src/domain/exposure/sliced.js';
import type { MemoryStays } from './memory-stays.js';
import { merging } from './merge-stays.js';
import type { VenueFacts } from './places.js';
import { StayTable, type NumberedStay, type StayEntry } from './stay-table.js';
import { StayTail } from './stay-tail.js';

/** A stay with what is known of its venue. */
export type KnownStay = StayEntry & { facts: VenueFacts };

/** All stays of a person that end after an instant, as the graph holds them by now. */
export interface Told {
  person: string;
  /** Stays that ended by then are not told of and stay as they are. */
  afterMs: number;
  stays: readonly KnownStay[];
}

/** A tail of this many stays is merged, or one that is this part of the mass (assumptions). */
const mergeFrom = 20_000;
const mergeShare = 1 / 50;

/** Fewer people and places than this, some 30 MB, may be without any stay for ever (assumption). */
const idleFrom = 100_000;

/**
 * Stays in memory that change: a sorted mass, in which a stay that is gone is emptied where it stands, and a small tail
 * of what came since. Answers at once, also while the tail is being merged: an answer has a part of each.
 */
export class LiveStays implements StayReader {
  private tail: StayTail;
  /** What is told while a merge runs; it is told again to what comes of the merge. */
  private meanwhile: Told[] | undefined;
  private horizonMs = -Infinity;

  /** `late` are stays beside the mass, none of them in it. */
  constructor(
    private mass: MemoryStays = new StayTable().build(),
    late: readonly NumberedStay[] = [],
  ) {
    this.tail = new StayTail(mass.places);
    for (const stay of late) this.tail.add(stay);
  }

  get numbering(): object {
    return this.mass.people;
  }

  /** What is kept at the moment; stays that are gone but not merged away yet are counted. */
  get counts(): { stays: number; people: number; venues: number; tail: number; bytes: number } {
    const { stays, ...counts } = this.mass.counts;
    return { ...counts, stays: stays + this.tail.added, tail: this.tail.added, bytes: this.mass.bytes };
  }

  get personCount(): number {
    return this.mass.personCount;
  }

  personNumber(id: string): number | undefined {
    return this.mass.personNumber(id);
  }

  personId(person: number): string {
    return this.mass.personId(person);
  }

  place(place: number): Place {
    return this.mass.place(place);
  }

  /**
   * Leaves out of answers about people what ended by the horizon, though only a merge takes it away. Answers about places
   * may still have it: whoever met somebody's later stay was there later too.
   */
  expire(horizonMs: number): void {
    this.horizonMs = horizonMs;
  }

  staysOf(all: readonly PersonSpan[]): StaysOfPeople[] {
    const { horizonMs } = this;
    const since = (span: PersonSpan) => (span.from < horizonMs ? { ...span, from: horizonMs } : span);
    const asked = all.some(({ from }) => from < horizonMs) ? all.map(since) : all;
    const parts = this.mass.staysOf(asked);
    return this.tail.added > 0 ? [...parts, this.tail.staysOf(asked)] : parts;
  }

  staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all'): StaysAtPlaces[] {
    const parts = this.mass.staysAt(asked, zones);
    return this.tail.added > 0 ? [...parts, this.tail.staysAt(asked, zones)] : parts;
  }

  /** Whether the tail has grown long. */
  get wantsMerge(): boolean {
    return this.tail.added > Math.max(mergeFrom, this.mass.stays.count * mergeShare);
  }

  /** Whether most numbers stand for nobody and nowhere any more: reading the stays anew from a file gives new ones. */
  get wantsNumbers(): boolean {
    const { mass } = this;
    return mass.idle > Math.max(idleFrom, (mass.people.ids.length + mass.places.list.length) / 2);
  }

  /** Takes what a person's stays are by now; gives the stays that are gone or new: none when the same is told again. */
  tell(told: Told): NumberedStay[] {
    this.meanwhile?.push(told);
    const { people, places } = this.mass;
    const person = people.of(told.person);
    const wanted = new Map<string, NumberedStay>();
    for (const { venue, zone, facts, in: from, out: to, trust } of told.stays) {
      if (to <= told.afterMs) continue;
      const stay = { person, place: places.numberOf(venue, zone, facts), from, to, trust };
      const known = wanted.get(keyOf(stay));
      if (!known || known.trust < trust) wanted.set(keyOf(stay), stay);
    }
    const changed = this.removeAllBut(wanted, person, told.afterMs);
    for (const stay of wanted.values()) {
      this.tail.add(stay);
      changed.push(stay);
    }
    return changed;
  }

  /** Merges the tail into the mass, in slices; stays that ended by the horizon are left out. */
  *merge(horizonMs: number): Sliced<void> {
    this.meanwhile = [];
    const mass = yield* merging(this.mass, this.tail, horizonMs);
    const again = this.meanwhile;
    this.meanwhile = undefined;
    this.mass = mass;
    this.tail = new StayTail(mass.places);
    for (const told of again) this.tell(told);
  }

  /** The sorted mass as it is now, and the stays beside it. */
  parts(): { mass: MemoryStays; late: NumberedStay[] } {
    return { mass: this.mass, late: this.tail.all() };
  }

  /** Takes away a person's stays that are not wanted, which it gives, and leaves wanted only what is not there yet. */
  private removeAllBut(wanted: Map<string, NumberedStay>, person: number, afterMs: number): NumberedStay[] {
    const { mass, tail } = this;
    const removed: NumberedStay[] = [];
    const isWanted = (stay: NumberedStay) => {
      if (stay.to <= afterMs) return true;
      if (wanted.get(keyOf(stay))?.trust !== stay.trust) return false;
      return wanted.delete(keyOf(stay));
    };
    const { stays } = mass;
    for (const row of mass.ofOne(person)) {
      const [from, to, trust] = [stays.from(row), stays.to(row), stays.trust(row)];
      if (to === from) continue;
      const stay = { person, place: mass.placeOf(row), from, to, trust };
      if (isWanted(stay)) continue;
      stays.columns.length[row] = 0;
      removed.push(stay);
    }
    for (const row of [...tail.rowsOf(person)]) {
      const stay = tail.stay(row);
      if (isWanted(stay)) continue;
      tail.remove(row);
      removed.push(stay);
    }
    return removed;
  }
}

const keyOf = ({ place, from, to }: NumberedStay): string => `${place}|${from}|${to}`;
