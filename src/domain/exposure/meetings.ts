import type { Airs } from './airs.js';
import type { ContactRule } from './contact-rule.js';
import type { Run, StaysAtPlaces } from './reader.js';
import { tooLong, type StayColumns } from './stay-columns.js';

/** A case's air and another person's stay, as far as they overlap: `[from, to)`, not yet judged. */
export interface Meeting {
  readonly person: number;
  /** The place of the other person's stay. */
  readonly place: number;
  readonly from: number;
  readonly to: number;
  /** The lower trust of the two stays. */
  readonly trust: number;
  readonly zoneFactor: number;
}

/** Everybody but the case who shared its air, with every meeting (SPEC 5.2). Question i of the answer was air i. */
export function meetingsByPerson(
  self: number,
  airs: Airs,
  parts: readonly StaysAtPlaces[],
  rule: ContactRule,
): Map<number, Meeting[]> {
  const byPerson = new Map<number, Meeting[]>();
  for (const { stays, runs } of parts) {
    for (const run of runs) {
      for (const meeting of meetingsOf(run, stays, airs, rule)) {
        if (meeting.person === self) continue;
        const known = byPerson.get(meeting.person);
        if (known) known.push(meeting);
        else byPerson.set(meeting.person, [meeting]);
      }
    }
  }
  return byPerson;
}

/** The meetings of one run of stays with one air. */
function meetingsOf({ asked: air, place, first, end }: Run, stays: StayColumns, airs: Airs, rule: ContactRule) {
  const zoneFactor = rule.zoneFactor(airs.place[air]!, place);
  const { minTrust } = rule.contact;
  const [begins, ends, sure] = [airs.from[air]!, airs.to[air]!, airs.trust[air]!];
  const { from: starts, length, person } = stays.columns;
  const meetings: Meeting[] = [];
  for (let stay = first; stay < end; stay++) {
    if (starts[stay]! >= ends) break;
    if (starts[stay]! + length[stay]! <= begins && length[stay] !== tooLong) continue;
    const from = Math.max(starts[stay]!, begins);
    const to = Math.min(stays.to(stay), ends);
    const trust = stays.trust(stay);
    if (from >= to || trust < minTrust) continue;
    meetings.push({ person: person[stay]!, place, from, to, trust: Math.min(trust, sure), zoneFactor });
  }
  return meetings;
}
