import { airsOf } from './airs.js';
import { minuteMs, type ContactRule } from './contact-rule.js';
import { wholeMinutes, type Encounter, type Exposure } from './exposure.js';
import { byWitness, type Witness } from './finding.js';
import { meetingsByPerson, type Meeting } from './meetings.js';
import { byStart, qualifying, type Qualifying } from './qualify.js';
import type { PersonSpan, StayReader } from './reader.js';
import { anchorOf, type TracedCase } from './windows.js';

/** Somebody the case exposed: the witness, and every qualifying meeting in the order (start, venue, end). */
export interface Contact {
  readonly person: number;
  /** The case's own person. */
  readonly via: number;
  readonly witness: Weighed & Witness;
  readonly meetings: readonly Weighed[];
}

interface Weighed extends Qualifying {
  readonly carrier: number;
  readonly dose: number;
}

/** Everybody a case exposed itself (SPEC 5.4, level 1), with every encounter. */
export async function contactsOf(
  traced: TracedCase,
  carrier: PersonSpan,
  rule: ContactRule,
  reader: StayReader,
): Promise<Contact[]> {
  const airs = airsOf([carrier], await reader.staysOf([carrier]), rule);
  const asked = Array.from(airs.place, (place, air) => ({ place, from: airs.from[air]!, to: airs.to[air]! }));
  const answer = await reader.staysAt(asked, rule.zones);
  const weigh = weighing(traced, rule, reader);
  return [...meetingsByPerson(carrier.person, airs, answer, rule)].flatMap(([person, meetings]) => {
    const weighed = qualifying(meetings, rule, reader).map((each) => ({ ...each, carrier: 0, dose: weigh(each) }));
    return weighed.length === 0 ? [] : [{ person, via: carrier.person, ...contactOf(weighed, reader) }];
  });
}

/** What an exposure at level 1 tells (SPEC 5.5, 5.6). */
export function levelOneRow(
  traced: TracedCase,
  { person, via, witness, meetings }: Contact,
  reader: StayReader,
): Exposure {
  const sum = (of: (meeting: Weighed) => number) => meetings.reduce((total, meeting) => total + of(meeting), 0);
  const most = (of: (meeting: Weighed) => number) =>
    meetings.reduce((best, each) => Math.max(best, of(each)), -Infinity);
  const others = meetings.filter((meeting) => meeting !== witness);
  return {
    case: traced.id,
    person: reader.personId(person),
    level: 1,
    exposedAt: witness.exposedAt,
    via: reader.personId(via),
    venue: reader.place(witness.place).venue,
    from: witness.from,
    to: witness.to,
    minutes: wholeMinutes(sum(({ from, to }) => to - from)),
    dose: sum(({ dose }) => dose),
    lastAt: most(({ to }) => to),
    trust: most(({ trust }) => trust),
    encounters: others.map((other) => encounterOf(other, reader)),
  };
}

function encounterOf({ place, from, to, trust, dose }: Weighed, reader: StayReader): Encounter {
  return { venue: reader.place(place).venue, from, to, trust, dose };
}

function contactOf(weighed: Weighed[], reader: StayReader): Pick<Contact, 'witness' | 'meetings'> {
  const meetings = weighed.sort(byStart(reader));
  const [witness] = meetings.filter(isWitness).sort(byWitness(reader));
  return { witness: witness!, meetings };
}

const isWitness = (meeting: Weighed): meeting is Weighed & Witness => meeting.exposedAt !== null;

/** The dose of one meeting: its minutes, not rounded, by how the air was shared and how ill the case was that day. */
function weighing(traced: TracedCase, rule: ContactRule, reader: StayReader): (meeting: Meeting) => number {
  const dayZero = rule.days.at(anchorOf(traced)).number;
  return ({ place, from, to, zoneFactor, trust }) => {
    const midnights = rule.days.at(from).number - dayZero;
    const minutes = (to - from) / minuteMs;
    return minutes * rule.settingFactor(reader.place(place)) * rule.infectiousness(midnights) * zoneFactor * trust;
  };
}
