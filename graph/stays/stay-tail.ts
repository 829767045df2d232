import { Growing } from '../../src/domain/exposure/growing.js';
import type { PersonSpan, PlaceSpan, Run, StaysAtPlaces, StaysOfPeople } from '../../src/domain/exposure/reader.js';
import { StayColumns, tooLong } from '../../src/domain/exposure/stay-columns.js';
import type { Places } from './places.js';
import type { NumberedStay } from './stay-table.js';
import { TrustCodes } from './trust-codes.js';

/** Stays that came since the mass was sorted: few, so they are found through maps. */
export class StayTail {
  private readonly person = new Growing(Uint32Array);
  private readonly place = new Growing(Uint32Array);
  private readonly from = new Growing(Float64Array);
  private readonly length = new Growing(Uint32Array);
  private readonly trustCode = new Growing(Uint32Array);
  private readonly longer = new Map<number, number>();
  private readonly codes = new TrustCodes();
  private readonly ofPerson = new Map<number, number[]>();
  /** The stays at each place, in order of their start. */
  private readonly atPlace = new Map<number, number[]>();

  constructor(private readonly places: Places) {}

  /** Stays that were added, those removed again among them. */
  get added(): number {
    return this.person.length;
  }

  add({ person, place, from, to, trust }: NumberedStay): void {
    const row = this.person.push(person);
    this.place.push(place);
    this.from.push(from);
    this.length.push(Math.min(to - from, tooLong));
    this.trustCode.push(this.codes.of(trust));
    if (to - from >= tooLong) this.longer.set(row, to - from);
    rowsOf(this.ofPerson, person).push(row);
    const rows = rowsOf(this.atPlace, place);
    rows.splice(this.placeAmong(rows, from), 0, row);
  }

  remove(row: number): void {
    without(this.ofPerson, this.person.values[row]!, row);
    without(this.atPlace, this.place.values[row]!, row);
  }

  /** The rows of a person's stays. */
  rowsOf(person: number): readonly number[] {
    return this.ofPerson.get(person) ?? [];
  }

  /** The rows of the stays at a place, in order of their start. */
  rowsAt(place: number): readonly number[] {
    return this.atPlace.get(place) ?? [];
  }

  all(): NumberedStay[] {
    return [...this.ofPerson.values()].flat().map((row) => this.stay(row));
  }

  stay(row: number): NumberedStay {
    const { columns } = this;
    const [person, place] = [this.person.values[row]!, this.place.values[row]!];
    return { person, place, from: columns.from(row), to: columns.to(row), trust: columns.trust(row) };
  }

  staysOf(asked: readonly PersonSpan[]): StaysOfPeople {
    const { columns: stays } = this;
    const found = { stays, asked: [] as number[], stay: [] as number[], place: [] as number[] };
    for (const [question, { person, from, to }] of asked.entries()) {
      for (const row of this.rowsOf(person)) {
        if (stays.from(row) >= to || stays.to(row) <= from) continue;
        found.asked.push(question);
        found.stay.push(row);
        found.place.push(this.place.values[row]!);
      }
    }
    return found;
  }

  /** Runs of columns made for this answer. */
  staysAt(asked: readonly PlaceSpan[], zones: 'same' | 'all'): StaysAtPlaces {
    const [found, runs]: [number[], Run[]] = [[], []];
    const { columns } = this;
    for (const [question, { place, from, to }] of asked.entries()) {
      const near = zones === 'same' ? [place] : this.places.zonesOf(this.places.list[place]!.venueNumber);
      for (const each of near) {
        const first = found.length;
        for (const row of this.rowsAt(each)) if (columns.from(row) < to && columns.to(row) > from) found.push(row);
        if (found.length > first) runs.push({ asked: question, place: each, first, end: found.length });
      }
    }
    return { stays: this.columnsOf(found), runs };
  }

  /** Where a stay that begins at an instant belongs, behind those that began by then: a crowd may come in any order. */
  private placeAmong(rows: readonly number[], from: number): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.from.values[rows[middle]!]! > from) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private get columns(): StayColumns {
    const { longer, codes } = this;
    const [person, from, length] = [this.person.view(), this.from.view(), this.length.view()];
    return new StayColumns({ person, from, length, longer, trustCode: this.trustCode.view(), trusts: codes.trusts });
  }

  private columnsOf(rows: readonly number[]): StayColumns {
    const longer = new Map<number, number>();
    for (const [at, row] of rows.entries()) if (this.longer.has(row)) longer.set(at, this.longer.get(row)!);
    const taken = (column: Uint32Array) => Uint32Array.from(rows, (row) => column[row]!);
    return new StayColumns({
      person: taken(this.person.values),
      from: Float64Array.from(rows, (row) => this.from.values[row]!),
      length: taken(this.length.values),
      longer,
      trustCode: taken(this.trustCode.values),
      trusts: this.codes.trusts,
    });
  }
}

function rowsOf(map: Map<number, number[]>, key: number): number[] {
  const known = map.get(key);
  if (known) return known;
  const rows: number[] = [];
  map.set(key, rows);
  return rows;
}

function without(map: Map<number, number[]>, key: number, row: number): void {
  const left = map.get(key)!.filter((each) => each !== row);
  if (left.length > 0) map.set(key, left);
  else map.delete(key);
}
