import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Colour } from '../../src/domain/admission.js';
import { allPages, Refusal } from '../shared/api.js';
import { readInParts, tracing, useAsk, type Person } from './desk.js';

/** A case as the API shows it to those who work on it; instants ISO 8601. */
export interface CaseRecord {
  id: string;
  person: string;
  state: 'tracing' | 'traced' | 'retracted' | 'closed';
  progress: number;
  counts: Record<string, number>;
  unit: string | null;
  confirmedAt: string;
  tracedAt: string | null;
  retractedAt: string | null;
  onset: string | null;
  sampledAt: string | null;
  isolatedAt: string | null;
  reason: string | null;
  policy: { id: string; version: string } | null;
  infectious: { from: string; to: string } | null;
}

/** One meeting behind an exposure. */
export interface Meeting {
  venue: string;
  from: string;
  to: string;
}

/** Why somebody is a contact of a case. */
export interface Contact {
  person: string;
  level: number;
  exposedAt: string;
  lastAt: string;
  minutes: number;
  /** Null above level 1. */
  dose: number | null;
  trust: number;
  witness: Meeting & { via: string };
  encounters: (Meeting & { trust: number; dose: number })[];
}

export interface Stay {
  id: string;
  venue: { id: string; name: string };
  zone: string;
  in: string;
  out: string;
  assumed: boolean;
  kept: boolean;
}

export function useCase(id: string) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['case', id, 'record'],
    queryFn: () => askAs<CaseRecord>(`GET /cases/${id}`, { purpose: tracing(id) }),
  });
}

/** All contacts of a case, the closest level first, the highest dose first. */
export function useContacts(id: string) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['case', id, 'contacts'],
    queryFn: () =>
      allPages<Contact>((after) => askAs(`GET /cases/${id}/exposures?limit=500${after}`, { purpose: tracing(id) })),
  });
}

/** Where the person of a case was while it mattered. */
export function useStays(id: string, person: string | undefined, span: { from: string; to: string } | undefined) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['case', id, 'stays', person, span],
    queryFn: () =>
      allPages<Stay>((after) =>
        askAs(`GET /people/${person}/stays?limit=500&${new URLSearchParams(span).toString()}${after}`, {
          purpose: tracing(id),
        }),
      ),
    enabled: person !== undefined && span !== undefined,
  });
}

/** Who somebody is and which colour they have; null for those of other units. */
export interface Face {
  person: Person | null;
  colour: Colour | null;
}

/** How long a page waits for more people to come into view before it asks (assumption). */
const gatherMs = 100;

/** How long a page waits before it asks again for people it could not read (assumption). */
const askAgainMs = 3_000;

/** People by id, as far as they were looked at. */
export interface Known {
  faces: ReadonlyMap<string, Face>;
  /** These came into view. */
  see: (ids: string[]) => void;
  /** Reads all of these at once, for a file. */
  readOf: (ids: string[]) => Promise<Map<string, Face>>;
}

/**
 * The people in view, read as they come into view: nobody's data is read that nobody looks at. Colours follow the case:
 * with another `epoch` those in view are read again.
 */
export function useFaces(purpose: string, epoch = 0): Known {
  const askAs = useAsk();
  const [faces, setFaces] = useState<ReadonlyMap<string, Face>>(new Map());
  const asking = useRef(askAs);
  asking.current = askAs;
  const { see, stayOn, readOf } = useMemo(() => {
    const readOf = (ids: string[]) => readFaces(asking.current, ids, purpose);
    const add = (found: Map<string, Face>) => setFaces((known) => new Map([...known, ...found]));
    return { readOf, ...gathering((ids) => readOf(ids).then(add)) };
    // `epoch` is here to begin anew.
  }, [purpose, epoch]);
  useEffect(stayOn, [stayOn]);
  return useMemo(() => ({ faces, see, readOf }), [faces, see, readOf]);
}

/** Asks for each of those who are seen once, many at a time, and again while the server is away. */
function gathering(read: (ids: string[]) => Promise<void>) {
  const [seen, waiting] = [new Set<string>(), new Set<string>()];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const askIn = (ms: number) => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(ask, ms);
  };
  const ask = () => {
    const ids = [...waiting];
    waiting.clear();
    read(ids).catch((error: unknown) => {
      // What was refused is refused again.
      if (error instanceof Refusal && error.status >= 400 && error.status < 500) return;
      for (const id of ids) waiting.add(id);
      askIn(askAgainMs);
    });
  };
  const see = (ids: string[]) => {
    const fresh = ids.filter((id) => !seen.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) {
      seen.add(id);
      waiting.add(id);
    }
    askIn(gatherMs);
  };
  const stayOn = () => {
    isOver = false;
    if (waiting.size > 0) askIn(gatherMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  };
  return { see, stayOn };
}

async function readFaces(askAs: ReturnType<typeof useAsk>, ids: string[], purpose: string): Promise<Map<string, Face>> {
  const [people, statuses] = await Promise.all([
    readInParts<Person>(ids, (part) => askAs(`GET /people?ids=${part}`, { purpose })),
    readInParts<{ id: string; colour: Colour }>(ids, async (part) => {
      const { items } = await askAs<{ items: { person: string; colour: Colour }[] }>(`GET /statuses?ids=${part}`, {
        purpose,
      });
      return { items: items.map(({ person: id, colour }) => ({ id, colour })) };
    }),
  ]);
  return new Map(ids.map((id) => [id, { person: people.get(id) ?? null, colour: statuses.get(id)?.colour ?? null }]));
}
