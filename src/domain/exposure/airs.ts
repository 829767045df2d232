import type { ContactRule } from './contact-rule.js';
import type { PersonSpan, StaysOfPeople } from './reader.js';

/**
 * The air that carriers shared, as columns: air i was carried by `carrier[i]` (a number in the list of carriers) at
 * `place[i]` during `[from[i], to[i])`. The air of a lower carrier comes first.
 */
export interface Airs {
  readonly carrier: number[];
  readonly place: number[];
  readonly from: number[];
  readonly to: number[];
  /** The trust of the carrier's stay. */
  readonly trust: number[];
}

/**
 * What carriers left in the air (SPEC 5.2): their stays cut to their windows, and the time the air lingers after that.
 * A stay outside its window leaves nothing, a stay below the policy's trust is not there.
 */
export function airsOf(carriers: readonly PersonSpan[], found: StaysOfPeople, rule: ContactRule): Airs {
  const airs: Airs = { carrier: [], place: [], from: [], to: [], trust: [] };
  for (let entry = 0; entry < found.stay.length; entry++) {
    const stay = found.stay[entry]!;
    const carrier = found.asked[entry]!;
    const window = carriers[carrier]!;
    const from = Math.max(found.stays.from(stay), window.from);
    const to = Math.min(found.stays.to(stay), window.to);
    if (from >= to || found.stays.trust(stay) < rule.contact.minTrust) continue;
    airs.carrier.push(carrier);
    airs.place.push(found.place[entry]!);
    airs.from.push(from);
    airs.to.push(to + rule.lingerMs);
    airs.trust.push(found.stays.trust(stay));
  }
  return airs;
}
