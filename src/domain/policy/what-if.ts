import type { Colour } from '../admission.js';
import { colourAt, colourOf } from '../colour/colour.js';
import type { Evidence, Subject } from '../colour/evidence.js';
import { kindsRead } from '../colour/prepared.js';
import { inForce, type Policy } from './policy.js';

/** The versions that may speak for a unit, the one that goes before first. */
export type VersionsOf = (unit: string | null) => readonly Policy[];

/** How many people go from one colour to another: `{green: {yellow: 12}}`; those who stay are under their own colour. */
export type Changes = Partial<Record<Colour, Partial<Record<Colour, number>>>>;

/** What a draft does to the people of one unit. */
export interface UnitEffect {
  unit: string | null;
  people: number;
  changes: Changes;
  /** Whole days of quarantine still to come, added up over its people. */
  quarantineDays: { before: number; after: number };
}

/** What a draft does, at an instant, to the people it would speak for. */
export interface Effect {
  at: number;
  people: number;
  changed: number;
  /** People whose colour becomes a stricter one, and a looser one; grey is none of both. */
  stricter: number;
  looser: number;
  changes: Changes;
  quarantineDays: { before: number; after: number };
  units: UnitEffect[];
}

const dayMs = 86_400_000;

/** How a colour restricts; grey says nothing (SPEC section 1). */
const strictness: Record<Colour, number | undefined> = { green: 0, yellow: 1, red: 2, grey: undefined };

/** Changes that are looked at for the end of a quarantine: more than any policy that ships needs (assumption). */
const mostSteps = 20;

/** Adds up what the versions of a draft say of people against what those in force say, at one instant. */
export class WhatIf {
  private readonly units = new Map<string | null, UnitEffect>();

  constructor(
    private readonly before: VersionsOf,
    private readonly after: VersionsOf,
    readonly atMs: number,
  ) {}

  /**
   * The kinds of facts that may decide a colour in one of these units: whoever has none of them may be added as somebody
   * without facts.
   */
  kinds(units: readonly (string | null)[]): Evidence['kind'][] {
    const spoken = units.flatMap((unit) =>
      [this.before, this.after].map((of) => inForce(of(unit), this.atMs)?.colours),
    );
    return [...new Set([...new Set(spoken)].flatMap((colours) => (colours ? kindsRead(colours) : [])))];
  }

  /** One person, or so many who have the same facts. */
  add(subject: Subject, unit: string | null, people = 1): void {
    const [was, becomes] = [this.before(unit), this.after(unit)].map((versions) => this.look(subject, versions));
    const effect = this.of(unit);
    effect.people += people;
    const from = (effect.changes[was!.colour] ??= {});
    from[becomes!.colour] = (from[becomes!.colour] ?? 0) + people;
    effect.quarantineDays.before += was!.days * people;
    effect.quarantineDays.after += becomes!.days * people;
  }

  /** Per unit, in order of their codes, and all together. */
  effect(): Effect {
    const units = [...this.units.values()].sort((a, b) => ((a.unit ?? '') < (b.unit ?? '') ? -1 : 1));
    const total: Effect = { at: this.atMs, ...zero(), changed: 0, stricter: 0, looser: 0, units };
    for (const unit of units) {
      total.people += unit.people;
      total.quarantineDays.before += unit.quarantineDays.before;
      total.quarantineDays.after += unit.quarantineDays.after;
      for (const [from, to, people] of eachChange(unit.changes)) {
        const of = (total.changes[from] ??= {});
        of[to] = (of[to] ?? 0) + people;
        if (from !== to) total.changed += people;
        const way = (strictness[to] ?? NaN) - (strictness[from] ?? NaN);
        if (way > 0) total.stricter += people;
        if (way < 0) total.looser += people;
      }
    }
    return total;
  }

  private look(subject: Subject, versions: readonly Policy[]): { colour: Colour; days: number } {
    const { colour, reasons } = colourAt(subject, inForce(versions, this.atMs), this.atMs);
    const isQuarantine = colour === 'red' && reasons.some(({ kind }) => kind === 'exposure');
    return { colour, days: isQuarantine ? quarantineDays(subject, versions, this.atMs) : 0 };
  }

  private of(unit: string | null): UnitEffect {
    const known = this.units.get(unit);
    if (known) return known;
    const made = { unit, ...zero() };
    this.units.set(unit, made);
    return made;
  }
}

/** Whole days from an instant until somebody is no longer red because of an exposure, if nothing new is learnt. */
export function quarantineDays(subject: Subject, versions: readonly Policy[], atMs: number): number {
  let endMs = atMs;
  for (let step = 0; step < mostSteps; step++) {
    const { colour, reasons, nextChangeAt } = colourOf(subject, versions, endMs);
    if (colour !== 'red' || !reasons.some(({ kind }) => kind === 'exposure') || nextChangeAt === null) break;
    endMs = nextChangeAt;
  }
  return Math.ceil((endMs - atMs) / dayMs);
}

/** Every pair of colours with its people. */
export const eachChange = (changes: Changes): [from: Colour, to: Colour, people: number][] =>
  (Object.entries(changes) as [Colour, Partial<Record<Colour, number>>][]).flatMap(([from, of]) =>
    (Object.entries(of) as [Colour, number][]).map(([to, people]): [Colour, Colour, number] => [from, to, people]),
  );

const zero = () => ({ people: 0, changes: {} as Changes, quarantineDays: { before: 0, after: 0 } });
