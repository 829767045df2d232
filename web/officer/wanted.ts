import { dayOf } from '../shared/days.js';

/** Where and when two met; instants ISO 8601. */
interface Met {
  venue: string;
  from: string;
  to: string;
}

/** What a filter needs of a contact. */
interface Exposed {
  level: number;
  minutes: number;
  witness: Met;
  encounters: readonly Met[];
}

/** What a filter needs of a stay; the zone is empty where there is none. */
interface StayInZone {
  venue: { id: string };
  zone: string;
  in: string;
}

/** Which contacts are shown; what is undefined leaves nobody out. */
export interface Wanted {
  level: number | undefined;
  minutes: number;
  day: string | undefined;
  venue: string | undefined;
  zone: string | undefined;
}

export const everybody: Wanted = { level: undefined, minutes: 0, day: undefined, venue: undefined, zone: undefined };

/** Every meeting behind an exposure, the one that made it first. */
export const meetingsOf = ({ witness, encounters }: Exposed): Met[] => [witness, ...encounters];

/** In which zone of its place the case was when they met; undefined where there are none, or the case was not there. */
export type ZoneOf = (contact: Exposed, met: Met) => string | undefined;

/** Zones by the case's own stays: an exposure names the place alone. A meeting may outlast the stay: air lingers. */
export function zonesOf(stays: readonly StayInZone[]): ZoneOf {
  const began = stays
    .filter(({ zone }) => zone)
    .map(({ venue, zone, in: from }) => ({ venue: venue.id, zone, fromMs: Date.parse(from) }))
    .sort((a, b) => b.fromMs - a.fromMs);
  if (began.length === 0) return () => undefined;
  return ({ level }, { venue, from }) => {
    const fromMs = Date.parse(from);
    return level === 1 ? began.find((stay) => stay.venue === venue && stay.fromMs <= fromMs)?.zone : undefined;
  };
}

/** Whether a contact is wanted: by day, place and zone one meeting is enough, but it is the same one. */
export function isWanted(contact: Exposed, { level, minutes, day, venue, zone }: Wanted, zoneOf: ZoneOf): boolean {
  if ((level !== undefined && contact.level !== level) || contact.minutes < minutes) return false;
  if (day === undefined && venue === undefined && zone === undefined) return true;
  return meetingsOf(contact).some(
    (met) =>
      (day === undefined || daysOf(met).includes(day)) &&
      (venue === undefined || met.venue === venue) &&
      (zone === undefined || zoneOf(contact, met) === zone),
  );
}

/** The days a meeting touches: it may go past midnight. */
export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const [first, last] = [dayOf(Date.parse(from)), dayOf(Date.parse(to) - 1)];
  return first === last ? [first] : [first, last];
}
