import { sliceLength, type Sliced } from '../../src/domain/exposure/sliced.js';
import { StayColumns, tooLong } from '../../src/domain/exposure/stay-columns.js';
import { indexing, type MemoryStays } from './memory-stays.js';
import type { StayTail } from './stay-tail.js';
import type { NumberedStay } from './stay-table.js';
import { TrustCodes } from './trust-codes.js';

/**
 * Sorts the tail into the mass, place by place and in slices, leaving out stays that were emptied and those that ended
 * by the horizon. Neither is changed; what changes meanwhile has to be applied again to what comes of it.
 */
export function* merging(mass: MemoryStays, tail: StayTail, horizonMs: number): Sliced<MemoryStays> {
  const { added } = tail;
  const rows = new Rows(mass.stays.count + added);
  const { stays } = mass;
  const placeCount = mass.places.list.length;
  const placeStarts = new Uint32Array(placeCount + 1);
  let sliced = 0;
  for (let place = 0; place < placeCount; place++) {
    placeStarts[place] = rows.count;
    const late = tail.rowsAt(place).filter((row) => row < added);
    let next = 0;
    const end = mass.placeStarts[place + 1] ?? 0;
    for (let stay = mass.placeStarts[place] ?? 0; stay < end; stay++) {
      const [from, to] = [stays.from(stay), stays.to(stay)];
      if (to === from || to <= horizonMs) continue;
      for (; next < late.length && tail.stay(late[next]!).from < from; next++)
        rows.add(tail.stay(late[next]!), horizonMs);
      rows.add({ person: stays.person(stay), place, from, to, trust: stays.trust(stay) }, horizonMs);
    }
    for (; next < late.length; next++) rows.add(tail.stay(late[next]!), horizonMs);
    if (rows.count - sliced < sliceLength) continue;
    sliced = rows.count;
    yield;
  }
  placeStarts[placeCount] = rows.count;
  return yield* indexing({ stays: rows.columns(), placeStarts }, mass.people, mass.places);
}

/** Rows in their final order. */
class Rows {
  count = 0;
  private readonly person: Uint32Array;
  private readonly from: Float64Array;
  private readonly length: Uint32Array;
  private readonly trustCode: Uint32Array;
  private readonly longer = new Map<number, number>();
  private readonly codes = new TrustCodes();

  constructor(atMost: number) {
    this.person = new Uint32Array(atMost);
    this.from = new Float64Array(atMost);
    this.length = new Uint32Array(atMost);
    this.trustCode = new Uint32Array(atMost);
  }

  add({ person, from, to, trust }: NumberedStay, horizonMs: number): void {
    if (to <= horizonMs) return;
    this.person[this.count] = person;
    this.from[this.count] = from;
    this.length[this.count] = Math.min(to - from, tooLong);
    this.trustCode[this.count] = this.codes.of(trust);
    if (to - from >= tooLong) this.longer.set(this.count, to - from);
    this.count++;
  }

  columns(): StayColumns {
    const { count, longer } = this;
    const { trusts } = this.codes;
    const codes = this.trustCode.subarray(0, count);
    return new StayColumns({
      person: this.person.slice(0, count),
      from: this.from.slice(0, count),
      length: this.length.slice(0, count),
      longer,
      trustCode: trusts.length > 0x100 ? codes.slice() : Uint8Array.from(codes),
      trusts,
    });
  }
}
