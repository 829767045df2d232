import { airsOf } from './airs.js';
import { minuteMs, type ContactRule } from './contact-rule.js';
import { wholeMinutes, type Encounter, type Exposure } from './exposure.js';
import { byWitness, type Witness } from './finding.js';
import { Growing } from './growing.js';
import { Meetings, type Meeting } from './meetings.js';
import type { Exposed } from './next-level.js';
import { byStart, qualifying, type Qualifying } from './qualify.js';
import type { PersonSpan, StayReader } from './reader.js';
import { anchorOf, type TracedCase } from './windows.js';

interface Weighed extends Qualifying {
  readonly carrier: number;
  readonly dose: number;
}

/** Whom a case exposed itself: people and instants at once, every encounter of everybody when rows are asked for. */
export interface Contacts extends Exposed {
  readonly people: Uint32Array;
  readonly exposedAt: Float64Array;
  rows(first?: number, end?: number): Exposure[];
}

/** Everybody a case exposed itself (SPEC 5.4, level 1). */
export async function contactsOf(
  traced: TracedCase,
  carrier: PersonSpan,
  rule: ContactRule,
  reader: StayReader,
): Promise<Contacts> {
  const airs = airsOf([carrier], await reader.staysOf([carrier]), rule);
  const asked = Array.from(airs.place, (place, air) => ({ place, from: airs.from[air]!, to: airs.to[air]! }));
  const meetings = new Meetings(carrier.person, airs, rule, reader);
  for (const part of await reader.staysAt(asked, rule.zones)) meetings.add(part);

  const sorted = meetings.byPerson();
  const qualify = (first: number, end: number) =>
    qualifying(
      Array.from(sorted.subarray(first, end), (meeting) => meetings.at(meeting)),
      rule,
      reader,
    );
  const groups = exposedGroups(meetings, sorted, qualify);
  const weigh = weighing(traced, rule, reader);
  return {
    people: groups.person.view(),
    exposedAt: groups.exposedAt.view(),
    rows: (from = 0, to = Infinity) =>
      Array.from(groups.first.view().subarray(from, to), (first, at) => {
        const met = qualify(first, groups.end.values[from + at]!);
        const weighed = met.map((each) => ({ ...each, carrier: 0, dose: weigh(each) }));
        return rowOf({ traced, carrier, reader }, weighed.sort(byStart(reader)));
      }),
  };
}

/** Finds in meetings sorted by person whoever was exposed, when, and where that person's meetings are. */
function exposedGroups(meetings: Meetings, sorted: Uint32Array, qualify: (first: number, end: number) => Qualifying[]) {
  const groups = {
    person: new Growing(Uint32Array),
    exposedAt: new Growing(Float64Array),
    first: new Growing(Uint32Array),
    end: new Growing(Uint32Array),
  };
  for (let first = 0, end = 0; first < sorted.length; first = end) {
    const person = meetings.personOf(sorted[first]!);
    let exposedAt = Infinity;
    let addsUp = false;
    for (; end < sorted.length && meetings.personOf(sorted[end]!) === person; end++) {
      const alone = meetings.exposesAt(sorted[end]!);
      if (alone === undefined) addsUp = true;
      else if (alone < exposedAt) exposedAt = alone;
    }
    if (addsUp) exposedAt = Math.min(exposedAt, ...qualify(first, end).map((each) => each.exposedAt ?? Infinity));
    if (exposedAt === Infinity) continue;
    groups.person.push(person);
    groups.exposedAt.push(exposedAt);
    groups.first.push(first);
    groups.end.push(end);
  }
  return groups;
}

/** What an exposure at level 1 tells (SPEC 5.5, 5.6), from all that qualifies in the order (start, venue, end). */
function rowOf(
  { traced, carrier, reader }: { traced: TracedCase; carrier: PersonSpan; reader: StayReader },
  meetings: readonly Weighed[],
): Exposure {
  const witness = meetings.filter(isWitness).reduce((a, b) => (byWitness(reader)(a, b) <= 0 ? a : b));
  const sum = (of: (meeting: Weighed) => number) => meetings.reduce((total, meeting) => total + of(meeting), 0);
  const most = (of: (meeting: Weighed) => number) =>
    meetings.reduce((best, each) => Math.max(best, of(each)), -Infinity);
  const others = meetings.filter((meeting) => meeting !== witness);
  return {
    case: traced.id,
    person: reader.personId(witness.person),
    level: 1,
    exposedAt: witness.exposedAt,
    via: reader.personId(carrier.person),
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
