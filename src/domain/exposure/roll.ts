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

/** Rolls that ended, with room for all people of a reader and nobody on them. */
const ended = new WeakMap<StayReader, Roll[]>();

/**
 * The list of one trace: who is on it already, and who is found at the level under search. It has a line for each
 * person of the reader; rolls are used again, so that a trace costs what it finds and not what there is.
 */
export class Roll {
  /** By person: the earliest exposure found at this level; Infinity for nobody yet, -Infinity for never (again). */
  earliest: Float64Array;
  /** By person found at this level: where they stand in the columns. */
  private slot: Uint32Array;
  private level = newLevel();
  private readonly left = new Growing(Uint32Array);
  private readonly order: (a: Witness, b: Witness) => number;

  private constructor(private readonly reader: StayReader) {
    this.order = byWitness(reader);
    this.earliest = new Float64Array(reader.personCount).fill(Infinity);
    this.slot = new Uint32Array(reader.personCount);
  }

  /** A roll with nobody on it. */
  static of(reader: StayReader): Roll {
    const roll = ended.get(reader)?.pop();
    roll?.grow();
    return roll ?? new Roll(reader);
  }

  /** Ends the trace: the roll is wiped, for another one. */
  end(): void {
    for (const person of this.level.people.view()) this.earliest[person] = Infinity;
    for (const person of this.left.view()) this.earliest[person] = Infinity;
    this.level = newLevel();
    this.left.clear();
    const others = ended.get(this.reader);
    if (others) others.push(this);
    else ended.set(this.reader, [this]);
  }

  /** Makes room for people whom the reader has numbered since. */
  grow(): void {
    const { personCount } = this.reader;
    if (personCount <= this.earliest.length) return;
    const room = Math.max(personCount, Math.ceil(this.earliest.length * 1.25));
    const [earliest, slot] = [this.earliest, this.slot];
    this.earliest = new Float64Array(room).fill(Infinity);
    this.earliest.set(earliest);
    this.slot = new Uint32Array(room);
    this.slot.set(slot);
  }

  /** Never lists somebody: the case, or people of a lower level. */
  leaveOut(person: number): void {
    this.earliest[person] = -Infinity;
    this.left.push(person);
  }

  /** Takes a meeting of a person if no other witnesses better ({@link byWitness}); keeps nothing of `met` itself. */
  offer(person: number, met: Witness): void {
    const earliest = this.earliest[person]!;
    if (met.exposedAt > earliest) return;
    if (earliest === Infinity) this.add(person, met);
    else {
      const slot = this.slot[person]!;
      if (met.exposedAt === earliest && this.order(met, this.witnessAt(slot)) >= 0) return;
      this.set(slot, met);
    }
    this.earliest[person] = met.exposedAt;
  }

  /** Ends the level: those found are handed over and never listed again. */
  close(): Found {
    const { people, ...found } = this.level;
    for (const person of people.view()) this.leaveOut(person);
    this.level = newLevel();
    return {
      people: people.view(),
      exposedAt: found.exposedAt.view(),
      carrier: found.carrier.view(),
      place: found.place.view(),
      from: found.from.view(),
      to: found.to.view(),
      trust: found.trust.view(),
    };
  }

  private add(person: number, met: Witness): void {
    const { people, exposedAt, carrier, place, from, to, trust } = this.level;
    this.slot[person] = people.push(person);
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

function newLevel() {
  return {
    people: new Growing(Uint32Array),
    exposedAt: new Growing(Float64Array),
    carrier: new Growing(Uint32Array),
    place: new Growing(Uint32Array),
    from: new Growing(Float64Array),
    to: new Growing(Float64Array),
    trust: new Growing(Float64Array),
  };
}
