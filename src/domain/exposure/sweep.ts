import type { ContactRule } from './contact-rule.js';
import { Ladder } from './ladder.js';
import type { PersonSpan, Run, StayReader, StaysAtPlaces } from './reader.js';
import type { Roll } from './roll.js';
import type { Rooms, Stretch } from './rooms.js';
import type { StayColumns } from './stay-columns.js';

/**
 * Finds everybody's first exposure in rooms full of carriers, in one pass over the stays and without pairing anybody.
 *
 * Stays come in the order in which they began, and airs too. A person who walks in at `s` is first exposed either at
 * once, by any air that began before and lasts to `s + need`, or by the next air that begins: those who came later only
 * come later. Of several at the same instant the lowest carrier is the witness: a {@link Ladder} knows that one.
 */
export class Sweep {
  private readonly ladder: Ladder;

  constructor(
    private readonly carriers: readonly PersonSpan[],
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

  private overRun(run: Run, stretch: Stretch, stays: StayColumns, roll: Roll): void {
    const place = this.reader.place(run.place);
    const [min, need] = [this.rule.minMs(place), this.rule.needMs(place)];
    const { byStart, airs } = this.rooms;
    const { minTrust } = this.rule.contact;
    this.ladder.clear();
    let next = stretch.first;

    for (let stay = run.first; stay < run.end; stay++) {
      const start = stays.from(stay);
      if (start >= stretch.to) return;
      if (!roll.wants(stays.person(stay), start + min)) continue;
      if (minTrust > 0 && stays.trust(stay) < minTrust) continue;
      const end = stays.to(stay);

      while (next < stretch.end && airs.from[byStart[next]!]! <= start) this.ladder.add(byStart[next++]!);
      const hanging = this.ladder.lowestUntil(start + need);
      const air = hanging ?? byStart[next];
      if (air === undefined || (hanging === undefined && next === stretch.end)) continue;
      const from = Math.max(start, airs.from[air]!);
      if (end - from < need) continue;
      this.offer(roll, stays, { stay, end, air, from, min, place: run.place });
    }
  }

  /** Of the carrier's airs in the room that qualify from the same instant, the one shared longest, then the surest. */
  private offer(roll: Roll, stays: StayColumns, met: Met): void {
    const person = stays.person(met.stay);
    if (!roll.wants(person, met.from + met.min)) return;
    const { airs, room } = this.rooms;
    const same = (air: number) => airs.carrier[air] === airs.carrier[met.air] && room[air] === room[met.air];
    let first = met.air;
    while (first > 0 && same(first - 1)) first--;

    const via = this.carriers[airs.carrier[met.air]!]!.person;
    const need = Math.max(met.min, 1);
    for (let air = first; air < airs.from.length && same(air); air++) {
      const to = Math.min(airs.to[air]!, met.end);
      if (airs.from[air]! > met.from || to - met.from < need) continue;
      const trust = Math.min(airs.trust[air]!, stays.trust(met.stay));
      roll.offer(person, { exposedAt: met.from + met.min, via, place: met.place, from: met.from, to, trust });
    }
  }
}

/** A stay that met an air: from when on, until when the person stayed, and the time after which it counts. */
interface Met {
  readonly stay: number;
  readonly end: number;
  readonly air: number;
  readonly from: number;
  readonly min: number;
  readonly place: number;
}
