import type { ContactRule } from './contact-rule.js';
import type { PersonSpan, StaysOfPeople } from './reader.js';
import { rising } from './rising.js';

/**
 * The air that carriers shared, as columns: air i was carried by `carrier[i]` (a number in the list of carriers) at
 * `place[i]` during `[from[i], to[i])`. The air of a lower carrier comes first.
 */
export interface Airs {
  readonly carrier: Uint32Array;
  readonly place: Uint32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** The trust of the carrier's stay. */
  readonly trust: Float64Array;
}

/**
 * What carriers left in the air (SPEC 5.2): their stays cut to their windows, and the time the air lingers after that.
 * A stay outside its window leaves nothing, a stay below the policy's trust is not there.
 */
export function airsOf(carriers: readonly PersonSpan[], parts: readonly StaysOfPeople[], rule: ContactRule): Airs {
  const airs = emptyAirs(parts.reduce((sum, { stay }) => sum + stay.length, 0));
  let count = 0;
  for (const { stays, asked, stay, place } of parts) {
    for (let entry = 0; entry < stay.length; entry++) {
      const carrier = asked[entry]!;
      const window = carriers[carrier]!;
      const from = Math.max(stays.from(stay[entry]!), window.from);
      const to = Math.min(stays.to(stay[entry]!), window.to);
      const trust = stays.trust(stay[entry]!);
      if (from >= to || trust < rule.contact.minTrust) continue;
      airs.carrier[count] = carrier;
      airs.place[count] = place[entry]!;
      airs.from[count] = from;
      airs.to[count] = to + rule.lingerMs;
      airs.trust[count++] = trust;
    }
  }
  const found = firstAirs(airs, count);
  return parts.length > 1 ? takeAirs(found, rising(Float64Array.from(found.carrier))) : found;
}

/** Some of the airs, in the order given. */
export function takeAirs(airs: Airs, order: Uint32Array): Airs {
  const taken = emptyAirs(order.length);
  for (let at = 0; at < order.length; at++) {
    const air = order[at]!;
    taken.carrier[at] = airs.carrier[air]!;
    taken.place[at] = airs.place[air]!;
    taken.from[at] = airs.from[air]!;
    taken.to[at] = airs.to[air]!;
    taken.trust[at] = airs.trust[air]!;
  }
  return taken;
}

function emptyAirs(count: number): Airs {
  return {
    carrier: new Uint32Array(count),
    place: new Uint32Array(count),
    from: new Float64Array(count),
    to: new Float64Array(count),
    trust: new Float64Array(count),
  };
}

function firstAirs({ carrier, place, from, to, trust }: Airs, count: number): Airs {
  return {
    carrier: carrier.subarray(0, count),
    place: place.subarray(0, count),
    from: from.subarray(0, count),
    to: to.subarray(0, count),
    trust: trust.subarray(0, count),
  };
}
