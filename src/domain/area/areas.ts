import { DateTime } from 'luxon';
import { startOfDay } from '../exposure/local-days.js';
import { neutralTimezone } from '../policy/contact.js';
import type { Place } from '../policy/book.js';
import type { LevelStep } from './levels.js';

/** A unit during a time: calendar days `YYYY-MM-DD`, the last one not included, null where nothing is said. */
export interface UnitVersion {
  code: string;
  /** Null for a unit that is only named as a parent yet. */
  name: string | null;
  parent: string | null;
  level: string | null;
  validFrom: string | null;
  validTo: string | null;
  /** The zone its days begin in; null where that is its parent's, or the policy's own. */
  timezone: string | null;
  /** What it became a part of when it ended. */
  mergedInto: string | null;
}

/** A time `[fromMs, toMs)` in which a unit's place, its zone and its risk level stay the same. */
export interface Standing {
  place: Place;
  fromMs: number;
  toMs: number;
  timezone: string | null;
  /** The risk level of the area, 1 to 4; null where none was found. */
  level: number | null;
}

interface Span {
  unit: UnitVersion;
  fromMs: number;
  toMs: number;
}

/** Every unit, at any time: who is within whose, and which zone and risk level hold there (SPEC section 6). */
export class Areas {
  private readonly spans = new Map<string, Span[]>();

  /** `levels`: each unit's, in order. */
  constructor(
    units: readonly UnitVersion[],
    private readonly levels: ReadonlyMap<string, readonly LevelStep[]> = new Map(),
  ) {
    for (const unit of units) this.put(unit);
  }

  /** The same units with other levels. */
  withLevels(levels: ReadonlyMap<string, readonly LevelStep[]>): Areas {
    const same = new Areas([], levels);
    for (const [code, spans] of this.spans) same.spans.set(code, spans);
    return same;
  }

  /** Adds a version in place of the one of its code that begins on the same day, if there is one; returns that. */
  put(unit: UnitVersion): UnitVersion | undefined {
    const before = this.versionsOf(unit.code);
    this.setVersions(unit.code, [...before.filter(({ validFrom }) => validFrom !== unit.validFrom), unit]);
    return before.find(({ validFrom }) => validFrom === unit.validFrom);
  }

  /** The versions of a unit, the one that begins first before the others. */
  versionsOf(code: string): UnitVersion[] {
    return (this.spans.get(code) ?? []).map(({ unit }) => unit);
  }

  /** A version ends at its last day, or when the next one of its code begins. */
  setVersions(code: string, versions: readonly UnitVersion[]): void {
    const spans = versions.map((unit) => ({
      unit,
      fromMs: startOf(unit, unit.validFrom) ?? -Infinity,
      toMs: startOf(unit, unit.validTo) ?? Infinity,
    }));
    spans.sort((a, b) => a.fromMs - b.fromMs);
    for (const [at, next] of spans.slice(1).entries()) spans[at]!.toMs = Math.min(spans[at]!.toMs, next.fromMs);
    if (spans.length > 0) this.spans.set(code, spans);
    else this.spans.delete(code);
  }

  knows(code: string): boolean {
    return this.spans.has(code);
  }

  get codes(): string[] {
    return [...this.spans.keys()];
  }

  /** The version of a unit at an instant; undefined where it has ended or not begun, or nobody knows it. */
  at(code: string, ms: number): UnitVersion | undefined {
    return this.spans.get(code)?.find((span) => isIn(span, ms))?.unit;
  }

  /**
   * A unit and all that it is a part of at an instant, nearest first. What has ended counts as what it was merged into,
   * else as a part of its parent, and so does what has not begun. Ends also where older data hold a circle.
   */
  placeAt(code: string, ms: number): Place {
    const place: string[] = [];
    const seen = new Set<string>();
    for (let at: string | null = code; at !== null && !seen.has(at);) {
      seen.add(at);
      if (this.at(at, ms) || !this.knows(at)) place.push(at);
      at = this.above(at, ms);
    }
    return place;
  }

  /** Where a unit is looked for next: its parent, or what it was merged into once it has ended. */
  private above(code: string, ms: number): string | null {
    const spans = this.spans.get(code) ?? [];
    const ended = spans.findLast(({ toMs }) => toMs <= ms)?.unit;
    const now = this.at(code, ms);
    if (now) return now.parent;
    return ended ? (ended.mergedInto ?? ended.parent) : (spans[0]?.unit.parent ?? null);
  }

  /** The times of a unit in order; together they are all of time, or none where it is nowhere. */
  standings(code: string): Standing[] {
    const cuts = [...new Set(this.cutsOf(code))].filter(Number.isFinite).sort((a, b) => a - b);
    const found: Standing[] = [];
    for (const [at, fromMs] of [-Infinity, ...cuts].entries()) {
      const one = this.standingAt(code, { fromMs, toMs: cuts[at] ?? Infinity });
      const last = found.at(-1);
      if (last && isSame(last, one)) last.toMs = one.toMs;
      else found.push(one);
    }
    return found;
  }

  /** The units for which a level was found. */
  get assessed(): string[] {
    return [...this.levels.keys()];
  }

  /** The levels of a unit itself, in order. */
  stepsOf(code: string): readonly LevelStep[] {
    return this.levels.get(code) ?? [];
  }

  /** The unit nearest above whose risk level holds at an instant, and that level's step. */
  levelAt(code: string, ms: number): { unit: string; step: LevelStep } | undefined {
    for (const unit of this.placeAt(code, ms)) {
      const step = this.levels.get(unit)?.findLast(({ fromMs }) => fromMs <= ms);
      if (step) return { unit, step };
    }
    return undefined;
  }

  /** Whether a unit is within itself at any time, over however many steps. */
  isCircle(code: string): boolean {
    const parents = new Set(this.versionsOf(code).flatMap(({ parent }) => parent ?? []));
    return [...parents].some((parent) =>
      this.standings(parent).some(
        ({ place, fromMs, toMs }) =>
          place.includes(code) &&
          (this.spans.get(code) ?? []).some(
            (own) => own.unit.parent === parent && own.fromMs < toMs && fromMs < own.toMs,
          ),
      ),
    );
  }

  /** Every unit that is, was or will be within one of these, themselves included. */
  everWithin(codes: readonly string[]): string[] {
    const wanted = new Set(codes);
    const all = new Set([...this.spans.keys(), ...codes]);
    return [...all].filter((code) => [...this.reachedFrom(code)].some((unit) => wanted.has(unit)));
  }

  private standingAt(code: string, { fromMs, toMs }: { fromMs: number; toMs: number }): Standing {
    const ms = Number.isFinite(fromMs) ? fromMs : Number.isFinite(toMs) ? toMs - 1 : 0;
    const place = this.placeAt(code, ms);
    const timezone = place.map((unit) => this.at(unit, ms)?.timezone).find((zone) => typeof zone === 'string') ?? null;
    return { place, fromMs, toMs, timezone, level: this.levelAt(code, ms)?.step.level ?? null };
  }

  /** Every instant at which anything changes on the way upward from a unit, at whatever time. */
  private cutsOf(code: string): number[] {
    return [...this.reachedFrom(code)].flatMap((unit) => [
      ...(this.levels.get(unit) ?? []).map(({ fromMs }) => fromMs),
      ...(this.spans.get(unit) ?? []).flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
    ]);
  }

  /** Every unit on the way upward from one, at whatever time. */
  private reachedFrom(code: string): Set<string> {
    const reached = new Set([code]);
    for (const at of reached) {
      for (const { unit } of this.spans.get(at) ?? []) {
        for (const next of [unit.parent, unit.mergedInto]) if (next !== null) reached.add(next);
      }
    }
    return reached;
  }
}

const isIn = ({ fromMs, toMs }: Span, ms: number): boolean => fromMs <= ms && ms < toMs;

/** Units begin and end on few days, and luxon takes its time: each is reckoned once. */
const starts = new Map<string, number>();
/** Days of units that are kept (assumption). */
const startsKept = 10_000;

/** A date is the start of that local day (SPEC section 5). */
function startOf({ timezone }: UnitVersion, day: string | null): number | undefined {
  if (day === null) return undefined;
  const zone = timezone ?? neutralTimezone;
  const key = `${day} ${zone}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const ms = startOfDay(DateTime.fromISO(day, { zone }));
  if (starts.size >= startsKept) starts.clear();
  starts.set(key, ms);
  return ms;
}

const isSame = (a: Standing, b: Standing): boolean =>
  a.timezone === b.timezone && a.level === b.level && a.place.join('\n') === b.place.join('\n');
