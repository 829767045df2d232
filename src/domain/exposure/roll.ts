import { byWitness, type Witness } from './finding.js';
import { Growing } from './growing.js';
import type { StayReader } from './reader.js';

/** Who was found at a level, each with the witness that speaks first; all columns stand beside `people`. */
export interface Found {
  readonly people: Uint32Array;
  readonly exposedAt: Float64Array;
  /** Who exposed them, by the number in the list of the level's carriers. */
  readonly carrier: Uint32Array;
  readonly place: Uint32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly trust: Float64Array;
}

/** Rolls that ended, with room for all people of a numbering and nobody on them. */
const ended = new WeakMap<object, Roll[]>();

const noPeople = new Uint32Array(0);

/**
 * The list of one trace: who is on it already, and who is found at the level under search. It has a line for each
 * person of the reader; rolls are used again, so that a trace costs what it finds and not what there is.
 */
export class Roll {
  /**
   * A line of two for each person, beside each other for they are read together: the earliest exposure found at this
   * level (Infinity for nobody yet, -Infinity for never again), and where the person stands in the columns.
   */
  lines: Float64Array;
  /** Those found so far at the level under search; the room of the largest level yet is kept. */
  private readonly level = newLevel();
  private readonly left = new Growing(Uint32Array);
  /** Those found at the last level. */
  private last = noPeople;
  private order: (a: Witness, b: Witness) => number;

  private constructor(private reader: StayReader) {
    this.order = byWitness(reader);
    this.lines = new Float64Array(2 * reader.personCount).fill(Infinity);
  }

  /** A roll with nobody on it. */
  static of(reader: StayReader): Roll {
    const roll = ended.get(reader.numbering ?? reader)?.pop();
    if (!roll) return new Roll(reader);
    roll.reader = reader;
    roll.order = byWitness(reader);
    roll.grow();
    return roll;
  }

  /** Ends the trace: the roll is wiped, for another one. */
  end(): void {
    for (const people of [this.level.people.view(), this.left.view(), this.last]) {
      for (let at = 0; at < people.length; at++) this.lines[2 * people[at]!] = Infinity;
    }
    this.last = noPeople;
    this.clearLevel();
    this.left.clear();
    const numbering = this.reader.numbering ?? this.reader;
    const others = ended.get(numbering);
    if (others) others.push(this);
    else ended.set(numbering, [this]);
  }

  /** Makes room for people whom the reader has numbered since. */
  grow(): void {
    const { personCount } = this.reader;
    if (2 * personCount <= this.lines.length) return;
    const lines = new Float64Array(Math.max(2 * personCount, Math.ceil(this.lines.length * 1.25))).fill(Infinity);
    lines.set(this.lines);
    this.lines = lines;
  }

  /** Never lists somebody: the case, or people of a lower level. */
  leaveOut(person: number): void {
    this.lines[2 * person] = -Infinity;
    this.left.push(person);
  }

  /** Takes a meeting of a person if no other witnesses better ({@link byWitness}); keeps nothing of `met` itself. */
  offer(person: number, met: Witness): void {
    const earliest = this.lines[2 * person]!;
    if (met.exposedAt > earliest) return;
    if (earliest === Infinity) this.add(person, met);
    else {
      const slot = this.lines[2 * person + 1]!;
      if (met.exposedAt === earliest && this.order(met, this.witnessAt(slot)) >= 0) return;
      this.set(slot, met);
    }
    this.lines[2 * person] = met.exposedAt;
  }

  /** Ends the level: those found are handed over and, unless it is the last, never listed again. */
  close(isLast: boolean): Found {
    const { exposedAt, carrier, place, from, to, trust } = this.level;
    const people = this.level.people.copy();
    if (isLast) this.last = people;
    else for (let at = 0; at < people.length; at++) this.leaveOut(people[at]!);
    const found = {
      people,
      exposedAt: exposedAt.copy(),
      carrier: carrier.copy(),
      place: place.copy(),
      from: from.copy(),
      to: to.copy(),
      trust: trust.copy(),
    };
    this.clearLevel();
    return found;
  }

  private clearLevel(): void {
    for (const column of Object.values(this.level)) column.clear();
  }

  private add(person: number, met: Witness): void {
    const { people, exposedAt, carrier, place, from, to, trust } = this.level;
    this.lines[2 * person + 1] = people.push(person);
    exposedAt.push(met.exposedAt);
    carrier.push(met.carrier);
    place.push(met.place);
    from.push(met.from);
    to.push(met.to);
    trust.push(met.trust);
  }

  private set(slot: number, met: Witness): void {
    const { exposedAt, carrier, place, from, to, trust } = this.level;
    exposedAt.values[slot] = met.exposedAt;
    carrier.values[slot] = met.carrier;
    place.values[slot] = met.place;
    from.values[slot] = met.from;
    to.values[slot] = met.to;
    trust.values[slot] = met.trust;
  }

  private witnessAt(slot: number): Witness {
    const { exposedAt, carrier, place, from, to, trust } = this.level;
    return {
      exposedAt: exposedAt.values[slot]!,
      carrier: carrier.values[slot]!,
      place: place.values[slot]!,
      from: from.values[slot]!,
      to: to.values[slot]!,
      trust: trust.values[slot]!,
    };
  }
}

/** Room to begin with: a level has some ten thousand people or grows to have. */
const levelRoom = 16_384;

function newLevel() {
  return {
    people: new Growing(Uint32Array, levelRoom),
    exposedAt: new Growing(Float64Array, levelRoom),
    carrier: new Growing(Uint32Array, levelRoom),
    place: new Growing(Uint32Array, levelRoom),
    from: new Growing(Float64Array, levelRoom),
    to: new Growing(Float64Array, levelRoom),
    trust: new Growing(Float64Array, levelRoom),
  };
}
