import type { StayReader } from './reader.js';

/** A meeting with a carrier that qualifies as an exposure. */
export interface Witness {
  /** The moment of exposure. */
  readonly exposedAt: number;
  /** Who exposed the person: a number in the list of the level's carriers, which is in order of their ids. */
  readonly carrier: number;
  /** The place of the exposed person's stay. */
  readonly place: number;
  /** What the two shared: `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** The lower trust of the two stays. */
  readonly trust: number;
}

/**
 * Orders the meetings of one person by how well they witness the exposure (SPEC 5.5): the earliest, then the lowest
 * carrier, the lowest venue, the longest. Meetings alike in all that are of stays that overlap: the surest speaks.
 */
export function byWitness(reader: StayReader): (a: Witness, b: Witness) => number {
  return (a, b) =>
    a.exposedAt - b.exposedAt ||
    a.carrier - b.carrier ||
    (a.place === b.place ? 0 : byText(reader.place(a.place).venue, reader.place(b.place).venue)) ||
    b.to - b.from - (a.to - a.from) ||
    b.trust - a.trust;
}

/** Compares code unit by code unit, as every id and file of ours is ordered (SPEC 12). */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
