import { directVenueId } from '../../../graph/stays/direct-venue.js';
import type { KnownStay } from '../../../graph/stays/live-stays.js';
import { StayTable } from '../../../graph/stays/stay-table.js';
import { ContactRule } from '../../../src/domain/exposure/contact-rule.js';
import { doseText, type Exposure } from '../../../src/domain/exposure/exposure.js';
import type { StayReader } from '../../../src/domain/exposure/reader.js';
import { trace } from '../../../src/domain/exposure/trace.js';
import type { Row } from '../../reference/exposure.js';
import type { World } from '../../reference/world.js';

/** A world's stays in the memory reader. */
export function inMemory({ stays, encounters, settings }: World): StayReader {
  const table = new StayTable();
  for (const stay of stays) table.add(stay, { setting: settings[stay.venue] });
  for (const encounter of encounters) table.addDirect(encounter);
  return table.build();
}

/** All stays of a world, those of direct encounters among them, by person. */
export function staysByPerson({ stays, encounters, settings }: World): Map<string, KnownStay[]> {
  const all: KnownStay[] = stays.map((stay) => ({ ...stay, facts: { setting: settings[stay.venue] } }) as KnownStay);
  for (const { kind, personA, personB, from, to } of encounters) {
    const venue = directVenueId({ kind, people: [personA, personB], from });
    for (const person of [personA, personB]) {
      all.push({ person, venue, zone: '', in: from, out: to, trust: 1, facts: { direct: kind } });
    }
  }
  const people = new Map<string, KnownStay[]>();
  for (const stay of all) people.set(stay.person, [...(people.get(stay.person) ?? []), stay]);
  return people;
}

/** The rule's answer for a world's case, level by level, through a reader. */
export async function exposuresOf(world: World, stays: StayReader = inMemory(world)): Promise<Exposure[]> {
  const known = new Map(Object.entries(world.standing));
  const rows: Exposure[] = [];
  const levels = trace(world.case, new ContactRule(world.contact), { stays, standing: () => known });
  for await (const level of levels) rows.push(...level.rows());
  return rows;
}

/** An exposure with its doses as they are written, as the reference gives it. */
export function written({ dose, encounters, ...rest }: Exposure): Row {
  return {
    ...rest,
    dose: doseText(dose),
    encounters: encounters.map((each) => ({ ...each, dose: doseText(each.dose) })),
  };
}

/** Rows in an order that does not depend on who made them. */
export const inOrder = (rows: Row[]): Row[] => [...rows].sort((a, b) => (a.person < b.person ? -1 : 1));
