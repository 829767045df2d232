import { byWitness, type Witness } from './finding.js';
import type { StayReader } from './reader.js';

/** Who was found at a level, each with the witness that speaks first. */
export interface Found {
  readonly people: readonly number[];
  /** Beside `people`. */
  readonly witnesses: readonly Witness[];
}

/** The list of one trace: who is on it already, and who is found at the level under search. */
export class Roll {
  /** By person: the earliest exposure found at this level; Infinity for nobody yet, -Infinity for never (again). */
  private earliest: Float64Array;
  /** By person found at this level: where they stand in `people`. */
  private slot: Uint32Array;
  private people: number[] = [];
  private witnesses: Witness[] = [];
  private readonly order: (a: Witness, b: Witness) => number;

  constructor(private readonly reader: StayReader) {
    this.order = byWitness(reader);
    this.earliest = new Float64Array(reader.personCount).fill(Infinity);
    this.slot = new Uint32Array(reader.personCount);
  }

  /** Makes room for people whom the reader has numbered since. */
  grow(): void {
    if (this.reader.personCount <= this.earliest.length) return;
    const [earliest, slot] = [this.earliest, this.slot];
    this.earliest = new Float64Array(this.reader.personCount).fill(Infinity);
    this.earliest.set(earliest);
    this.slot = new Uint32Array(this.reader.personCount);
    this.slot.set(slot);
  }

  /** Never lists somebody: the case, or people of a lower level. */
  leaveOut(person: number): void {
    this.earliest[person] = -Infinity;
  }

  /** Whether an exposure of a person at this instant could still be their first one. */
  wants(person: number, exposedAt: number): boolean {
    return exposedAt <= this.earliest[person]!;
  }

  /** Takes a meeting of a person if no other witnesses better. */
  offer(person: number, witness: Witness): void {
    const earliest = this.earliest[person]!;
    if (witness.exposedAt > earliest) return;
    if (earliest === Infinity) this.slot[person] = this.people.push(person) - 1;
    const slot = this.slot[person]!;
    const best = this.witnesses[slot];
    if (best !== undefined && this.order(best, witness) <= 0) return;
    this.witnesses[slot] = witness;
    this.earliest[person] = witness.exposedAt;
  }

  /** Ends the level: those found are handed over and never listed again. */
  close(): Found {
    const found = { people: this.people, witnesses: this.witnesses };
    for (const person of this.people) this.leaveOut(person);
    this.people = [];
    this.witnesses = [];
    return found;
  }
}
