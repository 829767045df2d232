import type { Colour } from '../admission.js';
import { LocalDays } from '../exposure/local-days.js';
import type { Policy } from '../policy/policy.js';
import { compile, isTrue } from './certlogic.js';
import { fixedCandidates, shiftsOf, walk, type Shifts } from './changes.js';
import type { Evidence } from './evidence.js';
import { Calendar, listNames, lists, type ListName, type View } from './facts.js';

/** A colour rule ready to be asked: when it is valid (`[from, to)`), what it reads, what it says. */
export interface PreparedRule {
  id: string;
  colour: Colour;
  from: number;
  to: number;
  text: Record<string, string>;
  reads: ListName[];
  holds: (view: View) => boolean;
}

/** A policy's colours ready to be asked for many people. */
export interface Prepared {
  rules: PreparedRule[];
  shifts: Shifts;
  calendar: Calendar;
  /** Instants at which its rules may change whatever the facts. */
  fixed: number[];
}

const known = new WeakMap<Policy, Prepared>();
const compiled = new WeakMap<Policy['colours'], Pick<Prepared, 'rules' | 'shifts'>>();
const calendars = new Map<string, Calendar>();

/** Compiles a policy's rules the first time they are asked for; a published policy never changes. */
export function prepared(policy: Policy): Prepared {
  const found = known.get(policy);
  if (found) return found;
  const calendar = calendars.get(policy.timezone) ?? new Calendar(LocalDays.of(policy.timezone));
  calendars.set(policy.timezone, calendar);
  const ready = compiledOf(policy.colours);
  const made = { ...ready, calendar, fixed: fixedCandidates(policy, ready.shifts, calendar) };
  known.set(policy, made);
  return made;
}

/**
 * The kinds of facts that rules look at, and overrides, which go before all rules. Whoever has no fact of these kinds has
 * the colour of somebody of whom nothing is known; of others each fact may count, for rules see some beside others.
 */
export function kindsRead(colours: Policy['colours']): Evidence['kind'][] {
  const read = compiledOf(colours).rules.flatMap(({ reads }) => reads);
  return ['override', ...new Set(read.map((list) => lists[list]))];
}

function compiledOf(colours: Policy['colours']): Pick<Prepared, 'rules' | 'shifts'> {
  const found = compiled.get(colours);
  if (found) return found;
  const made = { rules: colours.map(toRule), shifts: shiftsOf(colours) };
  compiled.set(colours, made);
  return made;
}

function toRule({
  Identifier,
  Description,
  ValidFrom,
  ValidTo,
  Logic,
  colour,
}: Policy['colours'][number]): PreparedRule {
  const logic = compile(Logic);
  const read = new Set<string>();
  walk(Logic, (operator, path) => {
    if (operator === 'var') read.add((path as string).split('.')[0]!);
  });
  return {
    id: Identifier,
    colour,
    from: ValidFrom ?? -Infinity,
    to: ValidTo ?? Infinity,
    text: Object.fromEntries(Description.map(({ lang, desc }) => [lang, desc])),
    reads: listNames.filter((list) => read.has(list)),
    holds: (view) => isTrue(logic(view)),
  };
}
