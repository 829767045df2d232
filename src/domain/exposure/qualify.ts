import type { ContactRule } from './contact-rule.js';
import { byText } from './finding.js';
import type { LocalDays } from './local-days.js';
import type { Meeting } from './meetings.js';
import type { StayReader } from './reader.js';

/** A meeting that counts as an exposure; `exposedAt` is null where it was others of the day that made it one. */
export interface Qualifying extends Meeting {
  readonly exposedAt: number | null;
}

/**
 * Compares meetings by (start, venue, end), the order in which the rule adds up. Meetings alike in that are of stays
 * that overlap; the surest comes first, so that no sum and no witness depends on the order in which stays were read.
 */
export function byStart(reader: StayReader): (a: Meeting, b: Meeting) => number {
  return (a, b) =>
    a.from - b.from ||
    (a.place === b.place ? 0 : byText(reader.place(a.place).venue, reader.place(b.place).venue)) ||
    a.to - b.to ||
    b.trust - a.trust ||
    b.zoneFactor - a.zoneFactor;
}

/** Those of one person's meetings with a case that qualify (SPEC 5.2, 5.3), cut at midnight where days are added up. */
export function qualifying(meetings: readonly Meeting[], rule: ContactRule, reader: StayReader): Qualifying[] {
  const [added, single]: [Meeting[], Meeting[]] = [[], []];
  for (const meeting of meetings) (rule.addsUp(reader.place(meeting.place)) ? added : single).push(meeting);
  return [...alone(single, rule, reader), ...byDay(added, rule, reader)];
}

/** Each meeting long enough by itself. */
function alone(meetings: readonly Meeting[], rule: ContactRule, reader: StayReader): Qualifying[] {
  return meetings.flatMap((meeting) => {
    const place = reader.place(meeting.place);
    if (meeting.to - meeting.from < rule.needMs(place)) return [];
    return [{ ...meeting, exposedAt: meeting.from + rule.minMs(place) }];
  });
}

/** All meetings of the local days on which their sum is long enough. */
function byDay(meetings: readonly Meeting[], rule: ContactRule, reader: StayReader): Qualifying[] {
  const days = new Map<number, Meeting[]>();
  for (const piece of meetings.flatMap((meeting) => cutAtMidnight(meeting, rule.days))) {
    const { number } = rule.days.at(piece.from);
    const day = days.get(number);
    if (day) day.push(piece);
    else days.set(number, [piece]);
  }
  return [...days.values()].flatMap((day) => sumUp(day.sort(byStart(reader)), rule, reader));
}

/** The meetings of one day, in order, one of them the one in which the sum is reached; none if it never is. */
function sumUp(day: readonly Meeting[], rule: ContactRule, reader: StayReader): Qualifying[] {
  let sum = 0;
  let reached = false;
  const summed = day.map((meeting) => {
    const min = rule.minMs(reader.place(meeting.place));
    const missing = min - sum;
    sum += meeting.to - meeting.from;
    const exposedAt = !reached && sum >= min ? meeting.from + missing : null;
    reached ||= exposedAt !== null;
    return { ...meeting, exposedAt };
  });
  return reached ? summed : [];
}

function cutAtMidnight(meeting: Meeting, days: LocalDays): Meeting[] {
  const pieces: Meeting[] = [];
  for (let from = meeting.from; from < meeting.to; from = days.at(from).to) {
    pieces.push({ ...meeting, from, to: Math.min(meeting.to, days.at(from).to) });
  }
  return pieces;
}
