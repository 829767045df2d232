import type { DirectKind } from '../../src/domain/policy/contact.js';
import { codeUnits, dateOf, minute } from './arithmetic.js';
import type { World } from './world.js';

interface Stay {
  person: string;
  venue: string;
  zone: string;
  in: number;
  out: number;
  trust: number;
  direct: DirectKind | null;
}

export interface Overlap {
  via: string;
  person: string;
  venue: string;
  direct: DirectKind | null;
  from: number;
  to: number;
  trust: number;
  otherZone: boolean;
  exposedAt: number | null;
}

// 5.2

function everyStay({ stays, encounters, contact }: World): Stay[] {
  const atVenues = stays.map((stay): Stay => ({ ...stay, direct: null }));
  const direct = encounters.flatMap(({ kind, personA, personB, from, to }): Stay[] => {
    const [lower, higher] = [personA, personB].sort() as [string, string];
    const venue = [kind, lower, higher, new Date(from).toISOString()].join('|');
    return [lower, higher].map((person) => ({ person, venue, zone: '', in: from, out: to, trust: 1, direct: kind }));
  });
  const all = [...atVenues, ...direct];
  const key = ({ person, venue, zone, in: i, out, direct: d }: Stay) =>
    JSON.stringify([person, venue, zone, i, out, d]);
  const best = new Map<string, Stay>();
  for (const stay of all) {
    const known = best.get(key(stay));
    if (!known || known.trust < stay.trust) best.set(key(stay), stay);
  }
  return [...best.values()].filter((stay) => stay.trust >= contact.minTrust);
}

export function overlapsWith(world: World, carrier: string, [windowFrom, windowTo]: [number, number]): Overlap[] {
  const overlaps: Overlap[] = [];
  const all = everyStay(world);
  for (const v of all) {
    for (const w of all) {
      if (v.person !== carrier || w.person === carrier) continue;
      if (v.venue !== w.venue || v.direct !== w.direct) continue;
      if (v.zone !== w.zone && world.contact.otherZone === 'ignore') continue;
      const part = [Math.max(v.in, windowFrom), Math.min(v.out, windowTo)] as const;
      if (part[0] >= part[1]) continue;
      const air = [part[0], part[1] + world.contact.lingerMinutes * minute] as const;
      const from = Math.max(air[0], w.in);
      const to = Math.min(air[1], w.out);
      if (from >= to) continue;
      overlaps.push({
        via: carrier,
        person: w.person,
        venue: w.venue,
        direct: w.direct,
        from,
        to,
        trust: Math.min(v.trust, w.trust),
        otherZone: v.zone !== w.zone,
        exposedAt: null,
      });
    }
  }
  return overlaps;
}

function minimum({ contact }: World, overlap: Overlap): number {
  return (overlap.direct ? contact.direct[overlap.direct] : contact.minMinutes) * minute;
}

/** 5.3: each long enough by itself, exposed after the minimum. */
export function qualifyingAlone(world: World, overlaps: Overlap[]): Overlap[] {
  return overlaps
    .filter((overlap) => overlap.to - overlap.from >= minimum(world, overlap))
    .map((overlap) => ({ ...overlap, exposedAt: overlap.from + minimum(world, overlap) }));
}

/** 5.2 and 5.3 with `accumulate: day`, of one pair. */
export function qualifyingByDay(world: World, overlaps: Overlap[]): Overlap[] {
  const zone = world.contact.timezone;
  const pieces = overlaps.flatMap((overlap) => cutAtMidnight(overlap, zone));
  const qualifying: Overlap[] = [];
  for (const date of new Set(pieces.map((piece) => dateOf(piece.from, zone)))) {
    const day = pieces.filter((piece) => dateOf(piece.from, zone) === date).sort(byStartVenueEnd);
    const min = world.contact.minMinutes * minute;
    if (day.reduce((sum, piece) => sum + piece.to - piece.from, 0) < min) continue;
    let running = 0;
    let found = false;
    for (const piece of day) {
      const after = running + piece.to - piece.from;
      if (!found && after >= min) {
        qualifying.push({ ...piece, exposedAt: piece.from + (min - running) });
        found = true;
      } else qualifying.push(piece);
      running = after;
    }
  }
  return qualifying;
}

/** Of overlaps alike in start, venue and end, about which SPEC says nothing: the surest first, then the same zone. */
export const byStartVenueEnd = (a: Overlap, b: Overlap) =>
  a.from - b.from ||
  codeUnits(a.venue, b.venue) ||
  a.to - b.to ||
  b.trust - a.trust ||
  Number(a.otherZone) - Number(b.otherZone);

/** Looks for the minutes at which the date changes, one by one. */
function cutAtMidnight(overlap: Overlap, zone: string): Overlap[] {
  if (dateOf(overlap.from, zone) === dateOf(overlap.to - 1, zone)) return [overlap];
  let cut = Math.ceil(overlap.from / minute) * minute;
  while (cut <= overlap.from || dateOf(cut, zone) === dateOf(overlap.from, zone)) cut += minute;
  return [{ ...overlap, to: cut }, ...cutAtMidnight({ ...overlap, from: cut }, zone)];
}
