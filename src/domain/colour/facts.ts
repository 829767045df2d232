import type { LocalDays } from '../exposure/local-days.js';
import { counts, existsAt, type Evidence, type Subject } from './evidence.js';

/** The lists a rule may read, and the kind of evidence each holds; an override is no fact for rules. */
export const lists = {
  exposures: 'exposure',
  cases: 'case',
  tests: 'test',
  doses: 'dose',
  recoveries: 'recovery',
  declarations: 'declaration',
  quarantines: 'quarantine',
  isolations: 'isolation',
} as const satisfies Record<string, Evidence['kind']>;
export type ListName = keyof typeof lists;
export const listNames = Object.keys(lists) as ListName[];

/** A fact as a rule sees it: instants as ISO text, local dates as `YYYY-MM-DD`, and the present beside them. */
export type Seen = Record<string, unknown>;

/**
 * All that a rule sees (docs/policies.md). A step of CertLogic's `reduce` sees only the fact it is at, so that each
 * fact carries `now` and `today` too.
 */
export type View = {
  now: string;
  today: string;
  person: { verified: boolean };
  area: { level: number | null };
} & Record<ListName, Seen[]>;

/** A view, with the evidence behind each fact of its lists, in the same order. */
export interface Shown {
  view: View;
  behind: Record<ListName, Evidence[]>;
}

/** How a policy's zone reads instants. */
export class Calendar {
  private readonly names = new Map<number, string>();

  constructor(readonly days: LocalDays) {}

  /** The local date of an instant. */
  dayOf(ms: number): string {
    const { number } = this.days.at(ms);
    const known = this.names.get(number);
    if (known) return known;
    const name = new Date(number * dayMs).toISOString().slice(0, 10);
    this.names.set(number, name);
    return name;
  }
}

const dayMs = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * What rules see of one person, at one instant after another: what does not change with time is written once. Only one
 * moment is shown at a time; the next takes its place.
 */
export class Scene {
  private readonly seen = new Map<Evidence, Seen>();

  constructor(
    private readonly subject: Subject,
    private readonly calendar: Calendar,
    private readonly areaLevel = 0,
  ) {}

  /** The facts that exist at an instant. */
  at(nowMs: number): Shown {
    const [now, today] = [iso(nowMs), this.calendar.dayOf(nowMs)];
    const { verified, evidence } = this.subject;
    const area = { level: this.areaLevel };
    const view: View = { now, today, person: { verified }, area, ...empty<Seen>() };
    const behind = empty<Evidence>();
    for (const fact of evidence) {
      const list = listOf[fact.kind];
      if (!list || !existsAt(fact, nowMs)) continue;
      const seen = this.see(fact);
      seen['now'] = now;
      seen['today'] = today;
      if (fact.kind === 'case' || fact.kind === 'test')
        seen['recovered'] = evidence.some((one) => ends(one, fact) && existsAt(one, nowMs));
      view[list].push(seen);
      behind[list].push(fact);
    }
    return { view, behind };
  }

  private see(fact: Evidence): Seen {
    const known = this.seen.get(fact);
    if (known) return known;
    const seen = see(fact, this.subject.evidence, this.calendar);
    this.seen.set(fact, seen);
    return seen;
  }
}

/** Whether a fact is a recovery from a case or from what a test found. */
const ends = (fact: Evidence, { at }: Evidence): boolean => fact.kind === 'recovery' && fact.at >= at;

const listOf = Object.fromEntries(listNames.map((name) => [lists[name], name])) as Partial<
  Record<Evidence['kind'], ListName>
>;

const empty = <T>(): Record<ListName, T[]> => ({
  exposures: [],
  cases: [],
  tests: [],
  doses: [],
  recoveries: [],
  declarations: [],
  quarantines: [],
  isolations: [],
});

function see(fact: Evidence, all: readonly Evidence[], calendar: Calendar): Seen {
  const seen: Seen = { at: iso(fact.at), day: calendar.dayOf(fact.at) };
  switch (fact.kind) {
    case 'exposure':
      return Object.assign(seen, seeExposure(fact, calendar), protection(fact.at, all, calendar));
    case 'case':
      return Object.assign(seen, seeInstant('isolated', fact.isolatedAt ?? null, calendar));
    case 'test':
      return Object.assign(seen, { test: fact.test, result: fact.result });
    case 'dose':
      return Object.assign(seen, { number: fact.number, full: fact.number >= fact.course });
    case 'declaration':
    case 'quarantine':
    case 'isolation':
      return Object.assign(seen, seeInstant('until', fact.until, calendar));
    case 'recovery':
    case 'override':
      return seen;
  }
}

/** Trust and dose are for the engine and the tracer: CertLogic knows whole numbers only. */
function seeExposure({ level, lastAt, minutes, setting }: Evidence & { kind: 'exposure' }, calendar: Calendar): Seen {
  return {
    level,
    lastAt: iso(lastAt),
    lastDay: calendar.dayOf(lastAt),
    minutes,
    setting: setting ?? null,
  };
}

/** An instant that may be unknown, as a rule sees it twice. */
function seeInstant(name: 'isolated' | 'until', ms: number | null, calendar: Calendar): Seen {
  const known = ms !== null;
  return { [`${name}At`]: known ? iso(ms) : null, [`${name}Day`]: known ? calendar.dayOf(ms) : null };
}

/**
 * What protected a person at an instant: their doses, the last one of a full course, their last recovery. A second dose
 * was not the first, though nobody told of that; a dose that two sources tell of is one, for it was on one day.
 */
function protection(atMs: number, all: readonly Evidence[], calendar: Calendar): Seen {
  let [highest, courseMs, recoveryMs] = [0, -Infinity, -Infinity];
  const days = new Set<string>();
  for (const fact of all) {
    if (fact.at > atMs || !counts(fact)) continue;
    if (fact.kind === 'recovery') recoveryMs = Math.max(recoveryMs, fact.at);
    if (fact.kind !== 'dose') continue;
    highest = Math.max(highest, fact.number);
    days.add(calendar.dayOf(fact.at));
    if (fact.number >= fact.course) courseMs = Math.max(courseMs, fact.at);
  }
  const dayOrNone = (ms: number) => (ms === -Infinity ? null : calendar.dayOf(ms));
  const doses = Math.max(highest, days.size);
  return { doses, courseDay: dayOrNone(courseMs), recoveryDay: dayOrNone(recoveryMs) };
}
