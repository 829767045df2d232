import type { ContactRule } from './contact-rule.js';
import type { Place, StayReader } from './reader.js';
import type { Span } from './windows.js';

/** Somebody who may pass a case on, and when: its own person in the infectious window, others in their carrier windows. */
export interface Carrier extends Span {
  readonly person: string;
}

/** A stay that is there now and was not, or was there and is no more; person and place as their reader numbers them. */
export interface ChangedStay extends Span {
  readonly person: number;
  readonly place: number;
  readonly trust: number;
}

interface Indexed {
  readonly id: string;
  readonly person: string;
  readonly rule: ContactRule;
  readonly carriers: readonly string[];
}

/** In the list of a person: number of the case, beginning and end of the time in which they carry it. */
const fields = 3;

/**
 * Which cases a changed stay may touch: those that its person carries while there, and those that somebody else who was
 * there carries, if the two met for as long as the case's rule asks. The carriers of each person are kept; their times
 * at each place are those that a reader of stays holds anyway.
 *
 * Whoever carries a case touches it with every stay in their window: so whatever else is compared may be looked up in the
 * stays as they are now, for a carrier's stay that was another then has touched the case by itself (DECISIONS.md).
 */
export class CarrierIndex {
  private readonly cases = new Map<string, number>();
  private readonly indexed: (Indexed | undefined)[] = [];
  private readonly free: number[] = [];
  private readonly ofPerson = new Map<string, number[]>();
  private held = 0;

  /** How many carriers there are over all cases: 24 bytes each, and some 150 for each person. */
  get size(): number {
    return this.held;
  }

  has(id: string): boolean {
    return this.cases.has(id);
  }

  /** Takes the carriers of a case in place of those known before; its own person is the one of `person`. */
  put({ id, person }: { id: string; person: string }, rule: ContactRule, carriers: readonly Carrier[]): void {
    this.drop(id);
    const number = this.free.pop() ?? this.indexed.length;
    this.cases.set(id, number);
    this.indexed[number] = { id, person, rule, carriers: carriers.map((each) => each.person) };
    for (const { person: carrier, from, to } of carriers) {
      const list = this.ofPerson.get(carrier);
      if (list) list.push(number, from, to);
      else this.ofPerson.set(carrier, [number, from, to]);
    }
    this.held += carriers.length;
  }

  drop(id: string): void {
    const number = this.cases.get(id);
    if (number === undefined) return;
    const { carriers } = this.indexed[number]!;
    for (const person of carriers) this.takeOut(person, number);
    this.held -= carriers.length;
    this.cases.delete(id);
    this.indexed[number] = undefined;
    this.free.push(number);
  }

  clear(): void {
    for (const id of [...this.cases.keys()]) this.drop(id);
  }

  /** The cases that changes may touch; `stays` holds all that is there now, and numbered the changes. */
  async touchedBy(changed: readonly ChangedStay[], stays: StayReader): Promise<Set<string>> {
    const touched = new Set<string>();
    if (this.cases.size === 0 || changed.length === 0) return touched;
    for (const change of changed) this.carriedBy(change, stays, touched);
    const { lingerMs, zones } = this.widest();
    const asked = changed.map(({ place, from, to }) => ({ place, from: from - lingerMs, to }));
    for (const { stays: columns, runs } of await stays.staysAt(asked, zones)) {
      for (const { asked: question, place, first, end } of runs) {
        for (let stay = first; stay < end; stay++) {
          const [person, from, to] = [columns.person(stay), columns.from(stay), columns.to(stay)];
          if (from >= to || person === changed[question]!.person) continue;
          const other = { person, place, from, to, trust: columns.trust(stay) };
          this.met(changed[question]!, other, stays, touched);
        }
      }
    }
    return touched;
  }

  /** How long air may linger, and whether walls part people, under any of the rules. */
  private widest(): { lingerMs: number; zones: 'same' | 'all' } {
    const widest = { lingerMs: 0, zones: 'same' as 'same' | 'all' };
    for (const of of this.indexed) {
      if (!of) continue;
      widest.lingerMs = Math.max(widest.lingerMs, of.rule.lingerMs);
      if (of.rule.zones === 'all') widest.zones = 'all';
    }
    return widest;
  }

  private carriedBy({ person, from, to, trust }: ChangedStay, stays: StayReader, touched: Set<string>): void {
    const id = stays.personId(person);
    const list = this.ofPerson.get(id) ?? [];
    for (let at = 0; at < list.length; at += fields) {
      const of = this.indexed[list[at]!]!;
      // When a case closes depends on its own person's first stay, however sure that is.
      const counts = trust >= of.rule.contact.minTrust || of.person === id;
      if (counts && from < list[at + 2]! && to > list[at + 1]!) touched.add(of.id);
    }
  }

  /** Whether the changed stay and a carrier's other one make an encounter that qualifies (SPEC 5.2). */
  private met(change: ChangedStay, other: ChangedStay, stays: StayReader, touched: Set<string>): void {
    const carrier = stays.personId(other.person);
    const list = this.ofPerson.get(carrier);
    if (!list) return;
    const [place, victim] = [stays.place(other.place), stays.personId(change.person)];
    for (let at = 0; at < list.length; at += fields) {
      const { id, person, rule } = this.indexed[list[at]!]!;
      if (touched.has(id) || person === victim) continue;
      if (rule.zones === 'same' && change.place !== other.place) continue;
      if (Math.min(change.trust, other.trust) < rule.contact.minTrust) continue;
      const [from, to] = [Math.max(other.from, list[at + 1]!), Math.min(other.to, list[at + 2]!)];
      if (from >= to) continue;
      const shared = Math.min(to + rule.lingerMs, change.to) - Math.max(from, change.from);
      if (shared >= leastMs(rule, place, carrier === person)) touched.add(id);
    }
  }

  private takeOut(person: string, number: number): void {
    const list = this.ofPerson.get(person);
    if (!list) return;
    const kept: number[] = [];
    for (let at = 0; at < list.length; at += fields) {
      if (list[at] !== number) kept.push(list[at]!, list[at + 1]!, list[at + 2]!);
    }
    if (kept.length > 0) this.ofPerson.set(person, kept);
    else this.ofPerson.delete(person);
  }
}

/** The least time together that may count; meetings with the case itself may be added up over a day. */
const leastMs = (rule: ContactRule, place: Place, isCase: boolean): number =>
  isCase && rule.addsUp(place) ? 1 : rule.needMs(place);
