import type { CertLogicExpression } from 'certlogic-js';
import type { Policy } from '../policy/policy.js';
import type { Calendar } from './facts.js';

type Unit = 'year' | 'month' | 'day' | 'hour';

/** Some time later or earlier, as CertLogic's `plusTime` counts it. */
export interface Shift {
  amount: number;
  unit: Unit;
}

/** The amounts that stand in a policy's rules beside dates, beside instants, beside the present; and whole dates. */
export interface Shifts {
  days: Shift[];
  instants: Shift[];
  today: number[];
  nowMs: number[];
  dates: string[];
}

/** Reads the amounts out of rules (SPEC section 6: candidates are every `day + n` and `at + h` that stand in them). */
export function shiftsOf(rules: readonly { Logic: CertLogicExpression }[]): Shifts {
  const found: Shifts = { days: [{ amount: 0, unit: 'day' }], instants: [], today: [0], nowMs: [0], dates: [] };
  for (const { Logic } of rules)
    walk(Logic, (operator, operands) => {
      if (operator === 'plusTime') note(found, operands as [CertLogicExpression, number, Unit]);
      else if (operator !== 'var') found.dates.push(...daysAmong(operands));
    });
  const once = <T>(list: T[]) => [...new Map(list.map((each) => [JSON.stringify(each), each])).values()];
  return {
    days: once(found.days),
    instants: once(found.instants),
    today: once(found.today),
    nowMs: once(found.nowMs),
    dates: once(found.dates),
  };
}

/** Visits every operation of an expression. */
export function walk(expr: CertLogicExpression, visit: (operator: string, operands: unknown) => void): void {
  if (Array.isArray(expr)) return expr.forEach((each) => walk(each, visit));
  if (typeof expr !== 'object') return;
  for (const [operator, operands] of Object.entries(expr)) {
    visit(operator, operands);
    if (operator !== 'var') walk(operands as CertLogicExpression, visit);
  }
}

/** The days among the operands of an operation, or in a list that is one of them: what `===` and `in` compare with. */
const daysAmong = (operands: unknown): string[] =>
  [operands].flat(2).filter((one): one is string => typeof one === 'string' && isDayText(one));

/** The names of the values an expression reads, without the path that leads to them. */
export function namesIn(expr: CertLogicExpression): string[] {
  const names: string[] = [];
  walk(expr, (operator, path) => {
    if (operator === 'var') names.push((path as string).split('.').at(-1)!);
  });
  return names;
}

/** Whether a name is that of a local date: `day`, `today`, `lastDay` …; every other date is an instant. */
export const isDayName = (name: string): boolean => name === 'today' || /(^d|D)ay$/.test(name);

/** Whether a date written in a rule is a day and not an instant. */
export const isDayText = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function note(found: Shifts, [operand, amount, unit]: [CertLogicExpression, number, Unit]): void {
  if (typeof operand === 'string')
    found.dates.push(new Date(shifted(Date.parse(operand), { amount, unit })).toISOString());
  for (const name of namesIn(operand)) {
    if (name === 'today') found.today.push(amount);
    else if (name === 'now') found.nowMs.push(amount * (unit === 'hour' ? hourMs : dayMs));
    else (isDayName(name) ? found.days : found.instants).push({ amount, unit });
  }
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** CertLogic's own arithmetic, in UTC. */
function shifted(ms: number, { amount, unit }: Shift): number {
  const date = new Date(ms);
  if (unit === 'hour') date.setUTCHours(date.getUTCHours() + amount);
  else if (unit === 'day') date.setUTCDate(date.getUTCDate() + amount);
  else if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + amount);
  else date.setUTCFullYear(date.getUTCFullYear() + amount);
  return date.getTime();
}

/**
 * The instants at which a rule of these shifts may change its answer about a fact with this instant in it. Where a
 * comparison includes its bound, the change comes a day or a millisecond later, so that each comes twice.
 */
export function candidatesOf(ms: number, { days, instants, today, nowMs }: Shifts, calendar: Calendar): number[] {
  const found: number[] = [];
  const { number } = calendar.days.at(ms);
  for (const shift of days) {
    const day = shifted(number * dayMs, shift) / dayMs;
    for (const earlier of today) found.push(startOf(day - earlier, calendar), startOf(day - earlier + 1, calendar));
  }
  for (const shift of instants) {
    const at = shifted(ms, shift);
    for (const earlier of nowMs) found.push(at - earlier, at - earlier + 1);
  }
  return found;
}

/** The instants at which rules may change whatever the facts: dates that stand in them, and their own validity. */
export function fixedCandidates(policy: Policy, { dates, today, nowMs }: Shifts, calendar: Calendar): number[] {
  const bounds = policy.colours.flatMap(({ ValidFrom, ValidTo }) => [ValidFrom, ValidTo]).filter((ms) => ms !== null);
  const fixed = dates.flatMap((text) => {
    const ms = Date.parse(text);
    const asDays = today.flatMap((n) => [0, 1].map((more) => startOf(Math.floor(ms / dayMs) - n + more, calendar)));
    return [...asDays, ...nowMs.flatMap((earlier) => [ms - earlier, ms - earlier + 1])];
  });
  return [policy.validFrom, ...(policy.validTo === null ? [] : [policy.validTo]), ...bounds, ...fixed];
}

/** The first instant of the local day with this number in the calendar. */
function startOf(number: number, { days }: Calendar): number {
  const near = days.at(number * dayMs);
  if (near.number === number) return near.from;
  return near.number < number ? near.to : days.at(near.from - 1).from;
}
