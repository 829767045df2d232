import type { Airs } from './airs.js';

/**
 * The carriers whose air hangs in a room at one moment, as far as they matter: no rung is a lower carrier than the rung
 * below, and its air stays longer. Whoever is not on the ladder is outstayed by a lower carrier, and so is
 * nobody's first choice as witness, now or later.
 */
export class Ladder {
  /** The rungs are `[bottom, top)` of this. */
  private rungs = new Uint32Array(64);
  private bottom = 0;
  private top = 0;

  constructor(private readonly airs: Airs) {}

  clear(): void {
    this.bottom = 0;
    this.top = 0;
  }

  /** Puts an air in its place, unless it is outstayed; takes away those it outstays. */
  add(air: number): void {
    const { carrier, to } = this.airs;
    if (this.top === this.rungs.length) this.makeRoom();
    const { rungs, bottom, top } = this;
    let place = top;
    while (place > bottom && carrier[rungs[place - 1]!]! >= carrier[air]!) place--;
    if (place > bottom && to[rungs[place - 1]!]! >= to[air]!) return;

    let outstayed = place;
    while (outstayed < top && to[rungs[outstayed]!]! <= to[air]!) outstayed++;
    if (outstayed !== place + 1 && outstayed < top) rungs.copyWithin(place + 1, outstayed, top);
    rungs[place] = air;
    this.top = top + place + 1 - outstayed;
  }

  /**
   * The air of the lowest carrier that lasts until an instant, or -1. What does not last so long is dropped for good:
   * ask for later and later instants only.
   */
  lowestUntil(instant: number): number {
    const { to } = this.airs;
    while (this.bottom < this.top && to[this.rungs[this.bottom]!]! < instant) this.bottom++;
    return this.bottom < this.top ? this.rungs[this.bottom]! : -1;
  }

  private makeRoom(): void {
    const kept = this.rungs.subarray(this.bottom, this.top);
    const rungs = new Uint32Array(Math.max(64, kept.length * 2));
    rungs.set(kept);
    this.rungs = rungs;
    this.top = kept.length;
    this.bottom = 0;
  }
}
