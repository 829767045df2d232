import type { Airs } from './airs.js';
import type { ContactRule } from './contact-rule.js';
import { Growing } from './growing.js';
import type { Run, StayReader, StaysAtPlaces } from './reader.js';
import { rising } from './rising.js';
import { tooLong, type StayColumns } from './stay-columns.js';

/** A case's air and another person's stay, as far as they overlap: `[from, to)`, not yet judged. */
export interface Meeting {
  readonly person: number;
  /** The place of the other person's stay. */
  readonly place: number;
  readonly from: number;
  readonly to: number;
  /** The lower trust of the two stays. */
  readonly trust: number;
  readonly zoneFactor: number;
}

/**
 * The meetings of one case with everybody (SPEC 5.2), as columns: a case in a crowd has very many. Those that are too
 * short by themselves are kept only where the meetings of a day are added up.
 */
export class Meetings {
  private readonly person = new Growing(Uint32Array);
  private readonly place = new Growing(Uint32Array);
  private readonly from = new Growing(Float64Array);
  private readonly to = new Growing(Float64Array);
  private readonly trust = new Growing(Float64Array);
  private readonly zoneFactor = new Growing(Float64Array);

  constructor(
    private readonly self: number,
    private readonly airs: Airs,
    private readonly rule: ContactRule,
    private readonly reader: StayReader,
  ) {}

  /** Takes an answer; its question i was air i. */
  add({ stays, runs }: StaysAtPlaces): void {
    for (const run of runs) this.addRun(run, stays);
  }

  /** Meeting numbers, person after person; those of one person in the order in which they were added. */
  byPerson(): Uint32Array {
    return rising(Float64Array.from(this.person.view()));
  }

  personOf(meeting: number): number {
    return this.person.values[meeting]!;
  }

  at(meeting: number): Meeting {
    return {
      person: this.person.values[meeting]!,
      place: this.place.values[meeting]!,
      from: this.from.values[meeting]!,
      to: this.to.values[meeting]!,
      trust: this.trust.values[meeting]!,
      zoneFactor: this.zoneFactor.values[meeting]!,
    };
  }

  /** When a meeting exposes, by itself; undefined where it takes the others of the day to tell. */
  exposesAt(meeting: number): number | undefined {
    const place = this.reader.place(this.place.values[meeting]!);
    return this.rule.addsUp(place) ? undefined : this.from.values[meeting]! + this.rule.minMs(place);
  }

  private addRun({ asked: air, place, first, end }: Run, stays: StayColumns): void {
    const { rule, airs } = this;
    const [begins, ends, sure] = [airs.from[air]!, airs.to[air]!, airs.trust[air]!];
    const { from: starts, length, person } = stays.columns;
    const where = this.reader.place(place);
    const need = rule.addsUp(where) ? 1 : rule.needMs(where);
    const zoneFactor = rule.zoneFactor(airs.place[air]!, place);
    for (let stay = first; stay < end; stay++) {
      const start = starts[stay]!;
      if (start >= ends) return;
      if (start + length[stay]! < begins + need && length[stay] !== tooLong) continue;
      const from = Math.max(start, begins);
      const to = Math.min(stays.to(stay), ends);
      const trust = stays.trust(stay);
      if (to - from < need || person[stay] === this.self || trust < rule.contact.minTrust) continue;
      this.person.push(person[stay]!);
      this.place.push(place);
      this.from.push(from);
      this.to.push(to);
      this.trust.push(Math.min(trust, sure));
      this.zoneFactor.push(zoneFactor);
    }
  }
}
