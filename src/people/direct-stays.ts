import { createHash } from 'node:crypto';
import { idBytes } from '../../config/ids.js';
import { directVenueId } from '../../graph/stays/direct-venue.js';
import type { DirectKind } from '../domain/policy/contact.js';
import { packDrop, packKeep, type Fact } from '../streams.js';

/** Two people who met otherwise than at a venue, in `[from, to)`; internal ids, epoch milliseconds. */
export interface DirectEncounter {
  kind: DirectKind;
  people: readonly [string, string];
  from: number;
  to: number;
}

/** An encounter as the graph keeps it: two stays, trust 1, at a private venue of its own (SPEC 5.2). */
export interface DirectStays {
  /** The same for both of its people, and for a file that says it again. */
  id: string;
  venue: string;
  stays: { id: string; person: string }[];
}

export function directStays({ kind, people, from, to }: DirectEncounter): DirectStays {
  const venue = directVenueId({ kind, people, from });
  const stays = people.map((person) => ({ id: stayIdOf([person, venue, '', from, to]), person }));
  return { id: stayIdOf([venue, from, to]), venue, stays };
}

/** The facts that make an encounter. */
export function keepDirect(encounter: DirectEncounter): Fact[] {
  const { venue, stays } = directStays(encounter);
  const { from, to } = encounter;
  return stays.map(({ id, person }) => {
    return { person, line: packKeep({ id, venue, zone: '', in: from, out: to, trust: 1 }) };
  });
}

/** The facts that take it away again. */
export const dropDirect = (encounter: DirectEncounter): Fact[] =>
  directStays(encounter).stays.map(({ id, person }) => ({ person, line: packDrop(id) }));

/** An id made of what makes stays equal, so that whoever tells of the same stay again finds it. */
export const stayIdOf = (parts: (string | number)[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 2 * idBytes);
