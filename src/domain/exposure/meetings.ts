import type { Airs } from './airs.js';
import type { ContactRule } from './contact-rule.js';
import type { StaysAtPlaces } from './reader.js';

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
  { stays, runs }: StaysAtPlaces,
  rule: ContactRule,
): Map<number, Meeting[]> {
  const byPerson = new Map<number, Meeting[]>();
  for (const { asked: air, place, first, end } of runs) {
    const zoneFactor = rule.zoneFactor(airs.place[air]!, place);
    for (let stay = first; stay < end; stay++) {
      const from = Math.max(stays.from(stay), airs.from[air]!);
      const to = Math.min(stays.to(stay), airs.to[air]!);
      const person = stays.person(stay);
      if (from >= to || person === self || stays.trust(stay) < rule.contact.minTrust) continue;
      const meeting = { person, place, from, to, trust: Math.min(stays.trust(stay), airs.trust[air]!), zoneFactor };
      const known = byPerson.get(person);
      if (known) known.push(meeting);
      else byPerson.set(person, [meeting]);
    }
  }
  return byPerson;
}
