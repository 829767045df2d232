/** What is needed of a stay. */
export interface Stayed {
  venue: { id: string; name: string };
  in: string;
  out: string;
}

/** A place with all the time that somebody was there, instants ISO 8601. */
export interface Visited {
  venue: string;
  name: string;
  minutes: number;
  spans: { from: string; to: string }[];
}

/** Where somebody was within a window, or ever where there is none: by when they came first. */
export function visitsOf(stays: readonly Stayed[], window: { from: string; to: string } | null): Visited[] {
  const found = new Map<string, Visited & { ms: number }>();
  const ordered = [...stays].sort((a, b) => Date.parse(a.in) - Date.parse(b.in));
  for (const { venue, in: came, out: left } of ordered) {
    const from = window ? later(came, window.from) : came;
    const to = window ? earlier(left, window.to) : left;
    const ms = Date.parse(to) - Date.parse(from);
    if (ms <= 0) continue;
    const known = found.get(venue.id) ?? { venue: venue.id, name: venue.name, minutes: 0, spans: [], ms: 0 };
    known.ms += ms;
    known.spans.push({ from, to });
    found.set(venue.id, known);
  }
  return [...found.values()].map(({ ms, ...one }) => ({ ...one, minutes: Math.floor(ms / 60_000) }));
}

const later = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);
const earlier = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);
