import type { Airs } from './airs.js';

/**
 * The carriers whose air hangs in a room at one moment, as far as they matter: no rung is a lower carrier than the rung
 * below, and its air stays longer. Whoever is not on the ladder is outstayed by a lower carrier, and so is
 * nobody's first choice as witness, now or later.
 */
export class Ladder {
  private readonly rungs: number[] = [];

  constructor(private readonly airs: Airs) {}

  clear(): void {
    this.rungs.length = 0;
  }

  /** Puts an air in its place, unless it is outstayed; takes away those it outstays. */
  add(air: number): void {
    const { carrier, to } = this.airs;
    let place = this.rungs.length;
    while (place > 0 && carrier[this.rungs[place - 1]!]! >= carrier[air]!) place--;
    if (place > 0 && to[this.rungs[place - 1]!]! >= to[air]!) return;

    let outstayed = place;
    while (outstayed < this.rungs.length && to[this.rungs[outstayed]!]! <= to[air]!) outstayed++;
    this.rungs.splice(place, outstayed - place, air);
  }

  /**
   * The air of the lowest carrier that lasts until an instant, or undefined. What does not last so long is dropped for
   * good: ask for later and later instants only.
   */
  lowestUntil(instant: number): number | undefined {
    while (this.rungs.length > 0 && this.airs.to[this.rungs[0]!]! < instant) this.rungs.shift();
    return this.rungs[0];
  }
}
