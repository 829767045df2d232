import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Source } from '../../src/domain/policy/source.js';
import type { CitizenStatus } from '../../src/events.js';
import { ask, Refusal } from '../shared/api.js';
import { useSameKey } from '../shared/same-key.js';
import { keep, keepCard, keepStatus, readKept, type Dependant, type Me, type ShownCard } from './kept.js';

/** Who is logged in, and what happens when that is over. */
export const Own = createContext({ token: '', ended: () => undefined as void });

/** Asks as the citizen who is logged in. */
export function useAsk() {
  const { token, ended } = useContext(Own);
  return <T>(request: string, more: { body?: unknown; key?: string } = {}): Promise<T> =>
    ask<T>(request, { ...more, token }).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 401) ended();
      throw error;
    });
}

/** A colour with the policy that spoke and the document behind its rule. */
export type OwnStatus = CitizenStatus & { document?: Source | null; policy?: { id: string; version: string } | null };

/** How often the colour is asked for while nothing is heard over the socket (assumption). */
const pollMs = 30_000;

/** One's own colour; what the socket hears is put into the same place. */
export function useStatus(isLive: boolean) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['status'],
    queryFn: async () => {
      const status = await askAs<OwnStatus>('GET /me/status');
      keepStatus(status);
      return status;
    },
    initialData: () => readKept().status as OwnStatus | undefined,
    initialDataUpdatedAt: 0,
    refetchInterval: isLive ? false : pollMs,
  });
}

/** The colour at another place; asked for again whenever the own one changes. */
export function useStatusAt(area: string | undefined, version: number | undefined) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['status-at', area, version],
    queryFn: () => askAs<OwnStatus>(`GET /me/status?area=${encodeURIComponent(area!)}`),
    enabled: area !== undefined,
  });
}

/** The colour that is shown: of here, or of the place that was chosen. */
export function useStatusShown(isLive: boolean, place: { code: string } | undefined) {
  const here = useStatus(isLive);
  const there = useStatusAt(place?.code, here.data?.version);
  return place ? there : here;
}

/** Where it stands why the colour of the chosen place is what it is. */
export const whyThere = '#/why/there';

export function useMe() {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['me'],
    queryFn: async () => {
      const me = await askAs<Me>('GET /me');
      keep({ me });
      return me;
    },
    initialData: () => readKept().me,
    initialDataUpdatedAt: 0,
    refetchInterval: ({ state: { error } }) => (error ? againMs : false),
  });
}

export function useFamily(isLive: boolean) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['family'],
    queryFn: async () => {
      const { items } = await askAs<{ items: Dependant[] }>('GET /me/dependants');
      keep({ family: items });
      return items;
    },
    initialData: () => readKept().family,
    initialDataUpdatedAt: 0,
    refetchInterval: isLive ? pollMs : false,
  });
}

/** How soon is asked again for what could not be had (assumption). */
const againMs = 5_000;

/** A card is renewed while half of its minute is left: what is on the screen stays good for a while without a network. */
const renewAt = 0.5;

/** The rotating card of oneself, or of a dependant; it is good by this device's clock for as long as the server says. */
export function useCard(person: string, isOwn: boolean) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['card', person],
    queryFn: async (): Promise<ShownCard> => {
      const issued = await askAs<{ code: string; issuedAt: string; expiresAt: string }>(
        isOwn ? 'GET /me/card' : `POST /me/dependants/${person}/cards`,
        isOwn ? {} : { body: { kind: 'rotating' } },
      );
      const since = Date.now();
      const card = {
        code: issued.code,
        since,
        until: since + Date.parse(issued.expiresAt) - Date.parse(issued.issuedAt),
      };
      keepCard(person, card);
      return card;
    },
    initialData: () => readKept().cards?.[person],
    initialDataUpdatedAt: () => readKept().cards?.[person]?.since,
    staleTime: againMs,
    retry: false,
    refetchInterval: ({ state: { data, error } }) => {
      if (error || !data) return againMs;
      return Math.max(1_000, data.since + (data.until - data.since) * renewAt - Date.now());
    },
  });
}

/** Changes something, and reads again what it changed. The same again, after a fault, keeps its key: nothing is made twice. */
export function useChange<B, R = unknown>(request: (body: B) => string, changes: string[]) {
  const [askAs, client, key] = [useAsk(), useQueryClient(), useSameKey()];
  return useMutation({
    mutationFn: (body: B) => {
      const asked = request(body);
      return askAs<R>(asked, asked.startsWith('POST') ? { body, key: key.of(body) } : {});
    },
    onSuccess: () => {
      key.made();
      return Promise.all(changes.map((part) => client.invalidateQueries({ queryKey: [part] })));
    },
  });
}
