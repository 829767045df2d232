import { airsOf } from './airs.js';
import type { ContactRule } from './contact-rule.js';
import { wholeMinutes, type Exposure } from './exposure.js';
import { byText } from './finding.js';
import type { PersonSpan, StandingReader, StayReader } from './reader.js';
import type { Found, Roll } from './roll.js';
import { roomsOf } from './rooms.js';
import { Sweep } from './sweep.js';
import { carrierWindow, type Standing, type TracedCase } from './windows.js';

/** People of one level with the instants of their exposure beside them. */
export interface Exposed {
  readonly people: ArrayLike<number>;
  readonly exposedAt: ArrayLike<number>;
}

const nothing: Standing = { isolations: [], negatives: [] };

/** Those of a level who may have passed the disease on, with the time in which they may, ordered by their ids. */
export async function carriersOf(
  { people, exposedAt }: Exposed,
  rule: ContactRule,
  reader: StayReader,
  standing: StandingReader,
): Promise<PersonSpan[]> {
  const ids = Array.from(people, (person) => reader.personId(person));
  const known = await standing(ids);
  const order = [...ids.keys()].sort((a, b) => byText(ids[a]!, ids[b]!));
  return order.flatMap((each) => {
    const window = carrierWindow(exposedAt[each]!, known.get(ids[each]!) ?? nothing, rule.contact, rule.days);
    return window ? [{ person: people[each]!, from: window.from, to: window.to }] : [];
  });
}

/** Everybody whom carriers of one level exposed and who is not on the roll yet (SPEC 5.4, level k). */
export async function exposedBy(
  carriers: readonly PersonSpan[],
  rule: ContactRule,
  reader: StayReader,
  { roll, isLast }: { roll: Roll; isLast: boolean },
): Promise<Found> {
  const rooms = roomsOf(airsOf(carriers, await reader.staysOf(carriers), rule), rule, reader);
  const parts = await reader.staysAt(rooms.stretches, rule.zones);
  roll.grow();
  const sweep = new Sweep(rooms, rule, reader);
  for (const part of parts) sweep.over(part, roll);
  return roll.close(isLast);
}

/** Of whom the rows of a level above the first tell. */
export interface Deeper {
  readonly traced: TracedCase;
  readonly level: number;
  readonly carriers: readonly PersonSpan[];
  readonly found: Found;
}

/** What an exposure above level 1 tells: its witness stands for all of it (SPEC 5.5). */
export function deeperRow({ traced, level, carriers, found }: Deeper, at: number, reader: StayReader): Exposure {
  const [from, to] = [found.from[at]!, found.to[at]!];
  return {
    case: traced.id,
    person: reader.personId(found.people[at]!),
    level,
    exposedAt: found.exposedAt[at]!,
    via: reader.personId(carriers[found.carrier[at]!]!.person),
    venue: reader.place(found.place[at]!).venue,
    from,
    to,
    minutes: wholeMinutes(to - from),
    dose: null,
    lastAt: to,
    trust: found.trust[at]!,
    encounters: [],
  };
}
