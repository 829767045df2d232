import { ContactRule } from '../src/domain/exposure/contact-rule.js';
import type { StayReader } from '../src/domain/exposure/reader.js';
import { trace } from '../src/domain/exposure/trace.js';
import type { TracedCase } from '../src/domain/exposure/windows.js';
import { neutralZonedContact } from '../src/domain/policy/contact.js';
import type { MemoryStays } from '../graph/stays/memory-stays.js';
import { beginMs, personName, type Scale, type WorldStays } from './engine-world.js';

/** The rule of all engine benches: the neutral default, and the same for level 1 alone. */
export const rule = new ContactRule(neutralZonedContact);
const levelOne = new ContactRule({ ...neutralZonedContact, maxLevel: 1 });

/** Everybody of the first `heaviest` by contacts is traced to find the case with most people at level 2. */
const candidates = 40;

/** One row of any engine: who, when, via whom, where, how long. Numbers all, in the order of the person. */
export type EngineRow = [person: number, exposedAt: number, via: number, venue: number, lengthMs: number];

const nobody = new Map<string, never>();

/** A case of somebody whose window holds the first twelve days of the world. */
export function caseOf(person: number): TracedCase {
  return { id: 'case', person: personName(person), onset: beginMs + 2 * 86_400_000, sampledAt: null, isolatedAt: null };
}

/** Traces to level 2 and keeps the columns that the rule found, as the other engines keep their tables. */
export async function traceTwo(person: number, stays: StayReader): Promise<number> {
  let found = 0;
  for await (const { people } of trace(caseOf(person), rule, { stays, standing: () => nobody })) found += people.length;
  return found;
}

export async function traceOne(person: number, stays: StayReader): Promise<number> {
  let found = 0;
  for await (const { people } of trace(caseOf(person), levelOne, { stays, standing: () => nobody })) {
    found += people.length;
  }
  return found;
}

/** The rows of each level, for comparison. */
export async function rowsOf(person: number, stays: MemoryStays): Promise<EngineRow[][]> {
  const levels: EngineRow[][] = [];
  for await (const level of trace(caseOf(person), rule, { stays, standing: () => nobody })) {
    const number = (id: string) => Number(id.slice(1));
    const rows = level
      .rows()
      .map((row): EngineRow => [
        number(row.person),
        row.exposedAt,
        number(row.via),
        number(row.venue),
        row.to - row.from,
      ]);
    levels.push(rows.sort(([a], [b]) => a - b));
  }
  return levels;
}

/** The case with most people at level 2 among those who were at the busiest venues. */
export async function heaviest({ person, venue, from }: WorldStays, scale: Scale, stays: StayReader): Promise<number> {
  const busy = new Uint32Array(scale.venues);
  for (const each of venue) busy[each]!++;
  const heat = new Float64Array(scale.people);
  for (let stay = 0; stay < person.length; stay++) {
    if (from[stay]! < beginMs + 12 * 86_400_000) heat[person[stay]!]! += busy[venue[stay]!]!;
  }
  const hottest = [...heat.keys()].sort((a, b) => heat[b]! - heat[a]!).slice(0, candidates);
  let [best, most] = [hottest[0]!, -1];
  for (const each of hottest) {
    const found = await traceTwo(each, stays);
    if (found > most) [best, most] = [each, found];
  }
  return best;
}

/** How many stays a trace looks at. */
export async function touchedBy(person: number, stays: MemoryStays): Promise<number> {
  let touched = 0;
  const counting: StayReader = {
    get personCount() {
      return stays.personCount;
    },
    personNumber: (id) => stays.personNumber(id),
    personId: (each) => stays.personId(each),
    place: (each) => stays.place(each),
    staysOf: (asked) => {
      const parts = stays.staysOf(asked);
      for (const { stay } of parts) touched += stay.length;
      return parts;
    },
    staysAt: (asked, zones) => {
      const parts = stays.staysAt(asked, zones);
      for (const { runs } of parts) for (const { first, end } of runs) touched += end - first;
      return parts;
    },
  };
  await traceTwo(person, counting);
  return touched;
}
