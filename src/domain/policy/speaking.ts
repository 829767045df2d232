import type { Standing } from '../area/areas.js';
import type { PolicyBook } from './book.js';
import type { Policy } from './policy.js';

/**
 * The versions that may speak for a unit over all of time: each clipped to the times in which it speaks there, in the
 * zone and with the risk level that hold there. So a unit that moves, or a level that rises, is a date like any other
 * at which versions begin and end, and `nextChangeAt` knows it.
 */
export class Speaking {
  private readonly made = new Map<Policy, Map<string, Policy>>();

  constructor(private readonly book: PolicyBook) {}

  /** The one that goes before first; people and venues without a unit have the policy without an area. */
  of(standings: readonly Standing[] | null): readonly Policy[] {
    if (standings === null) return this.book.of([]);
    return standings.flatMap((one) =>
      one.place.length === 0 ? [] : this.book.of(one.place).flatMap((policy) => this.during(policy, one)),
    );
  }

  private during(policy: Policy, { fromMs, toMs, timezone: zone, level: risk }: Standing): Policy[] {
    const validFrom = Math.max(policy.validFrom, fromMs);
    const endMs = Math.min(policy.validTo ?? Infinity, toMs);
    if (validFrom >= endMs) return [];
    const timezone = zone ?? policy.timezone;
    const level = risk ?? policy.level;
    const validTo = endMs === Infinity ? null : endMs;
    const there = { ...policy, validFrom, validTo, timezone, ...(level !== undefined && { level }) };
    return [this.once(policy, there)];
  }

  /** The same object for the same times, zone and level: rules are made ready once for each. */
  private once(policy: Policy, there: Policy): Policy {
    const nameOf = ({ validFrom, validTo, timezone, level }: Policy) => [validFrom, validTo, timezone, level].join('|');
    if (nameOf(there) === nameOf(policy)) return policy;
    const known = this.made.get(policy) ?? new Map<string, Policy>();
    const made = known.get(nameOf(there)) ?? there;
    this.made.set(policy, known.set(nameOf(there), made));
    return made;
  }
}
