import type { Contact } from '../policy/contact.js';
import type { LocalDays } from './local-days.js';

/** A stretch of time `[from, to)` in milliseconds UTC; `to` may be Infinity. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A confirmed case as the rule sees it. One of onset and sampledAt is known: that is checked where cases come in. */
export interface TracedCase {
  readonly id: string;
  readonly person: string;
  readonly onset: number | null;
  readonly sampledAt: number | null;
  readonly isolatedAt: number | null;
}

/** What may end a person's carrying or rule it out: isolations and quarantines, and tests that found nothing. */
export interface Standing {
  readonly isolations: readonly Span[];
  readonly negatives: readonly { readonly kind: string; readonly sampledAt: number }[];
}

/** The instant from which the days of a case are counted: onset, or sampledAt without one. */
export function anchorOf({ id, onset, sampledAt }: TracedCase): number {
  const anchor = onset ?? sampledAt;
  if (anchor === null) throw new Error(`case ${id} has neither onset nor sampledAt`);
  return anchor;
}

/** When a case may have passed the disease on (SPEC 5.1); undefined when isolation left no time for it. */
export function infectiousWindow(traced: TracedCase, { infectious }: Contact, days: LocalDays): Span | undefined {
  const anchor = anchorOf(traced);
  const before = traced.onset === null ? infectious.asymptomaticBeforeDays : infectious.beforeDays;
  const end = days.plus(anchor, infectious.afterDays);
  return unlessEmpty({ from: days.plus(anchor, -before), to: Math.min(end, traced.isolatedAt ?? Infinity) });
}

/**
 * When somebody exposed at an instant may pass the disease on (SPEC 5.4); undefined for those who were cleared by a
 * test or were already apart. An isolation that is over before the window begins does not shorten it.
 */
export function carrierWindow(
  exposedAt: number,
  { isolations, negatives }: Standing,
  { carrier, clearedBy }: Contact,
  days: LocalDays,
): Span | undefined {
  const clearFrom = days.plus(exposedAt, clearedBy.notBeforeDays);
  if (negatives.some((test) => clearedBy.kinds.includes(test.kind) && test.sampledAt >= clearFrom)) return undefined;

  const from = days.plus(exposedAt, carrier.latentDays);
  const to = days.plus(exposedAt, carrier.latentDays + carrier.carryDays);
  const apart = isolations.filter((isolation) => isolation.to > from).map((isolation) => isolation.from);
  return unlessEmpty({ from, to: Math.min(to, ...apart) });
}

const unlessEmpty = (span: Span) => (span.from < span.to ? span : undefined);
