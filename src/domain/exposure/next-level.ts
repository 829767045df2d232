import { airsOf } from './airs.js';
import type { ContactRule } from './contact-rule.js';
import { wholeMinutes, type Exposure } from './exposure.js';
import { byText, type Witness } from './finding.js';
import type { PersonSpan, StandingReader, StayReader } from './reader.js';
import type { Found, Roll } from './roll.js';
import { roomsOf } from './rooms.js';
import { Sweep } from './sweep.js';
import { carrierWindow, type Standing, type TracedCase } from './windows.js';

/** People of one level with the instants of their exposure beside them. */
export interface Exposed {
  readonly people: readonly number[];
  readonly exposedAt: readonly number[];
}

const nothing: Standing = { isolations: [], negatives: [] };

/** Those of a level who may have passed the disease on, with the time in which they may, ordered by their ids. */
export async function carriersOf(
  { people, exposedAt }: Exposed,
  rule: ContactRule,
  reader: StayReader,
  standing: StandingReader,
): Promise<PersonSpan[]> {
  const ids = people.map((person) => reader.personId(person));
  const known = await standing(ids);
  const order = [...ids.keys()].sort((a, b) => byText(ids[a]!, ids[b]!));
  return order.flatMap((each) => {
    const window = carrierWindow(exposedAt[each]!, known.get(ids[each]!) ?? nothing, rule.contact, rule.days);
    return window ? [{ person: people[each]!, ...window }] : [];
  });
}

/** Everybody whom carriers of one level exposed and who is not on the roll yet (SPEC 5.4, level k). */
export async function exposedBy(
  carriers: readonly PersonSpan[],
  rule: ContactRule,
  reader: StayReader,
  roll: Roll,
): Promise<Found> {
  const rooms = roomsOf(airsOf(carriers, await reader.staysOf(carriers), rule), rule, reader);
  const answer = await reader.staysAt(rooms.stretches, rule.zones);
  roll.grow();
  new Sweep(carriers, rooms, rule, reader).over(answer, roll);
  return roll.close();
}

/** What an exposure above level 1 tells: its witness stands for all of it (SPEC 5.5). */
export function deeperRow(
  { traced, level, reader }: { traced: TracedCase; level: number; reader: StayReader },
  person: number,
  { exposedAt, via, place, from, to, trust }: Witness,
): Exposure {
  return {
    case: traced.id,
    person: reader.personId(person),
    level,
    exposedAt,
    via: reader.personId(via),
    venue: reader.place(place).venue,
    from,
    to,
    minutes: wholeMinutes(to - from),
    dose: null,
    lastAt: to,
    trust,
    encounters: [],
  };
}
