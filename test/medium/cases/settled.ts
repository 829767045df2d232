import { hang } from '../../../bench/world.js';
import { newId } from '../../../config/ids.js';
import type { Graph } from '../../../graph/graph.js';
import { directVenueId } from '../../../graph/stays/direct-venue.js';
import type { TracedStays } from '../../../graph/stays/traced-stays.js';
import { ContactRule } from '../../../src/domain/exposure/contact-rule.js';
import type { Exposure } from '../../../src/domain/exposure/exposure.js';
import { trace } from '../../../src/domain/exposure/trace.js';
import type { World } from '../../reference/world.js';

/** A world in the graph: what its venues end with, and the ids of its people. */
export interface Settled {
  tag: string;
  idOf: Map<string, string>;
}

/** Puts a world into the graph, under ids of its own; venues keep their order among each other, which decides ties. */
export async function settle(graph: Graph, { stays, encounters, settings }: World): Promise<Settled> {
  const tag = newId();
  const names = new Set([
    ...stays.map(({ person }) => person),
    ...encounters.flatMap(({ personA, personB }) => [personA, personB]),
  ]);
  const idOf = new Map([...names].map((name) => [name, newId()]));
  const direct = encounters.flatMap(({ kind, personA, personB, from, to }) => {
    const venue = directVenueId({ kind, people: [idOf.get(personA)!, idOf.get(personB)!], from });
    return [personA, personB].map((person) => ({ person, venue, direct: kind, zone: '', in: from, out: to, trust: 1 }));
  });
  const rows = [...idOf.values()].map((id) => {
    return { id, key: 'none', sealed: 'none', nameKeys: '', verified: true, unit: null };
  });
  await graph.write('people/create', { rows, atMs: 0 });
  await graph.write('cases/ensure_direct', {
    rows: direct.map(({ venue, direct: kind }) => ({ id: venue, direct: kind })),
    atMs: 0,
  });
  for (const id of new Set(stays.map(({ venue }) => venue))) {
    const place = { code: newId(), name: id, kind: 'other' as const, unit: null, capacity: null, zones: [] };
    const venue = { ...place, id: `${id}-${tag}`, setting: settings[id] ?? 'closed', lat: null, lon: null };
    await graph.write('venues/create', { venue, owner: null, atMs: 0 });
  }
  const own = stays.map((stay) => ({ ...stay, venue: `${stay.venue}-${tag}` }));
  await hang(
    graph,
    [...own, ...direct].map((stay) => ({ ...stay, person: idOf.get(stay.person)! })),
  );
  return { tag, idOf };
}

/** The rule's answer for a settled world through a reader that `open` gives; ids as the world names them. */
export async function tracedThrough(
  given: World,
  { tag, idOf }: Settled,
  open: (tools: { namesOf: () => Promise<Map<string, string>> }, person: string) => TracedStays,
): Promise<Exposure[]> {
  const nameOf = new Map([...idOf].map(([name, id]) => [id, name]));
  const person = idOf.get(given.case.person) ?? newId();
  const stays = open({ namesOf: async () => nameOf }, person);
  await stays.name([person]);
  const standing = () => new Map(Object.entries(given.standing));
  const rows: Exposure[] = [];
  const rule = new ContactRule(given.contact);
  for await (const level of trace({ ...given.case, person }, rule, { stays, standing })) {
    await stays.name(Array.from(level.people, (each) => stays.idOf(each)));
    rows.push(...level.rows());
  }
  const plain = (venue: string) => (venue.endsWith(tag) ? venue.slice(0, -tag.length - 1) : venue);
  return rows.map((row) => ({
    ...row,
    venue: plain(row.venue),
    encounters: row.encounters.map((each) => ({ ...each, venue: plain(each.venue) })),
  }));
}
