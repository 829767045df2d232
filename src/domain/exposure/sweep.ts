import type { ContactRule } from './contact-rule.js';
import type { Witness } from './finding.js';
import { Ladder } from './ladder.js';
import type { Run, StayReader, StaysAtPlaces } from './reader.js';
import type { Roll } from './roll.js';
import type { Rooms, Stretch } from './rooms.js';
import { tooLong, type StayColumns } from './stay-columns.js';

/**
 * Finds everybody's first exposure in rooms full of carriers, in one pass over the stays and without pairing anybody.
 *
 * Stays come in the order in which they began, and airs too. A person who walks in at `s` is first exposed either at
 * once, by any air that began before and lasts to `s + need`, or by the next air that begins: those who came later only
 * come later. Of several at the same instant the lowest carrier is the witness: a {@link Ladder} knows that one.
 */
export class Sweep {
  private readonly ladder: Ladder;
  /** The meeting in hand: one object for all of them. */
  private readonly met: { -readonly [K in keyof Witness]: number } = {
    exposedAt: 0,
    carrier: 0,
    place: 0,
    from: 0,
    to: 0,
    trust: 0,
  };

  constructor(
    private readonly rooms: Rooms,
    private readonly rule: ContactRule,
    private readonly reader: StayReader,
  ) {
    this.ladder = new Ladder(rooms.airs);
  }

  /** Offers to the roll whoever was exposed. The runs answer the stretches of the rooms. */
  over({ stays, runs }: StaysAtPlaces, roll: Roll): void {
    for (const run of runs) this.overRun(run, this.rooms.stretches[run.asked]!, stays, roll);
  }

  /** The hot path: it takes nothing from the heap, and asks about the person only if the stay can matter at all. */
  private overRun(run: Run, stretch: Stretch, stays: StayColumns, roll: Roll): void {
    const place = this.reader.place(run.place);
    const [min, need] = [this.rule.minMs(place), this.rule.needMs(place)];
    const { byStart, airs } = this.rooms;
    const { person, from: starts, length } = stays.columns;
    const { lines } = roll;
    const ladder = this.ladder;
    const begins = airs.from;
    const soonest = stretch.from + need;
    ladder.clear();
    let next = stretch.first;

    for (let stay = run.first; stay < run.end; stay++) {
      const start = starts[stay]!;
      if (start >= stretch.to) return;
      if (start + length[stay]! < soonest && length[stay] !== tooLong) continue;
      if (start + min > lines[2 * person[stay]!]!) continue;

      while (next < stretch.end && begins[byStart[next]!]! <= start) ladder.add(byStart[next++]!);
      let air = ladder.lowestUntil(start + need);
      if (air < 0) {
        if (next === stretch.end) return;
        air = byStart[next]!;
      }
      const from = Math.max(start, begins[air]!);
      if (start + length[stay]! - from < need && length[stay] !== tooLong) continue;
      if (from + min > lines[2 * person[stay]!]!) continue;
      this.meet({ stay, air, from, min, place: run.place }, stays, roll);
    }
  }

  /** Of the carrier's airs in the room that qualify from the same instant, the one shared longest, then the surest. */
  private meet({ stay, air, from, min, place }: Meets, stays: StayColumns, roll: Roll): void {
    const [person, end, trust] = [stays.person(stay), stays.to(stay), stays.trust(stay)];
    if (trust < this.rule.contact.minTrust) return;
    const { airs, room } = this.rooms;
    const same = (one: number) => airs.carrier[one] === airs.carrier[air] && room[one] === room[air];
    let first = air;
    while (first > 0 && same(first - 1)) first--;

    const need = Math.max(min, 1);
    for (let one = first; one < room.length && same(one); one++) {
      const to = Math.min(airs.to[one]!, end);
      if (airs.from[one]! > from || to - from < need) continue;
      this.met.exposedAt = from + min;
      this.met.carrier = airs.carrier[one]!;
      this.met.place = place;
      this.met.from = from;
      this.met.to = to;
      this.met.trust = Math.min(airs.trust[one]!, trust);
      roll.offer(person, this.met);
    }
  }
}

/** A stay that meets an air: from when on, and the time after which it counts. */
interface Meets {
  readonly stay: number;
  readonly air: number;
  readonly from: number;
  readonly min: number;
  readonly place: number;
}
