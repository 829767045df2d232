import type { Policy } from './policy.js';

/** A unit and all that it is a part of, nearest first; empty for what has no unit. */
export type Place = readonly string[];

/** All published policies, and which of them speak for a place (SPEC section 6). */
export class PolicyBook {
  private readonly byArea = new Map<string | null, Policy[]>();
  private readonly byPlace = new Map<string, readonly Policy[]>();

  constructor(readonly policies: readonly Policy[]) {
    for (const policy of [...policies].sort(newestFirst)) {
      const versions = this.byArea.get(policy.area);
      if (versions) versions.push(policy);
      else this.byArea.set(policy.area, [policy]);
    }
  }

  /** The same book with one more version in it. */
  with(policy: Policy): PolicyBook {
    return new PolicyBook([...this.policies, policy]);
  }

  /**
   * The versions that may speak for a place, the one that goes before first: those of the nearest area, and of one area
   * the newest, which supersedes the others. A place without a unit has the policy without an area.
   */
  of(place: Place): readonly Policy[] {
    const key = place.join('\n');
    const known = this.byPlace.get(key);
    if (known) return known;
    const areas = place.length ? place : [null];
    const versions = areas.flatMap((area) => this.byArea.get(area) ?? []);
    this.byPlace.set(key, versions);
    return versions;
  }
}

function newestFirst(a: Policy, b: Policy): number {
  return b.validFrom - a.validFrom || order(b.version, a.version) || order(b.id, a.id);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
