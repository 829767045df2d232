/** In the column of lengths: too long for 32 bits (49 days), look in `longer`. */
export const tooLong = 0xffff_ffff;

/** The parts of {@link StayColumns}: rows of one index belong together. */
export interface Columns {
  readonly person: Uint32Array;
  readonly from: Float64Array;
  /** Milliseconds from `from` to the end, or {@link tooLong}. */
  readonly length: Uint32Array;
  /** The whole length of the few stays that are too long. */
  readonly longer: ReadonlyMap<number, number>;
  /** Where each stay's trust stands in `trusts`: the different values are few. */
  readonly trustCode: Uint8Array | Uint16Array | Uint32Array;
  readonly trusts: Float64Array;
}

/** Stays as columns: 17 bytes each, nothing to collect, read by index without checks. */
export class StayColumns {
  /** The columns themselves are for loops over very many stays, which take no call for each. */
  constructor(readonly columns: Columns) {}

  get count(): number {
    return this.columns.person.length;
  }

  person(stay: number): number {
    return this.columns.person[stay]!;
  }

  /** When the stay began. */
  from(stay: number): number {
    return this.columns.from[stay]!;
  }

  /** When it ended: the first instant at which the person was no longer there. */
  to(stay: number): number {
    const length = this.columns.length[stay]!;
    return this.from(stay) + (length === tooLong ? this.columns.longer.get(stay)! : length);
  }

  /** How sure the stay is, 0 to 1. */
  trust(stay: number): number {
    return this.columns.trusts[this.columns.trustCode[stay]!]!;
  }
}
