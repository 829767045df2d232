import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Headcount } from '../../src/events.js';
import type { VenueKind } from '../../src/domain/stay/scan.js';
import { allPages, ask, Refusal } from '../shared/api.js';
import { useSameKey } from '../shared/same-key.js';

/** A venue as the API shows it. */
export interface Venue {
  id: string;
  code: string;
  url: string;
  name: string;
  kind: VenueKind;
  setting: Setting;
  unit: string | null;
  capacity: number | null;
  zones: string[];
}

export const settings = ['closed', 'ventilated', 'outdoor'] as const;
export type Setting = (typeof settings)[number];
export type VenueFields = Pick<Venue, 'name' | 'kind' | 'setting' | 'unit' | 'zones' | 'capacity'>;

/** An administrative unit, with the names of those it lies in, the nearest first. */
export interface Unit {
  code: string;
  name: string;
  within: string[];
}

export interface Gate {
  id: string;
  name: string;
  pairedAt: string;
}

/** A link that pairs one device, once. */
export interface PairingLink {
  pairingUrl: string;
  pairingQr: string;
  expiresAt: string;
}

export interface HourCount {
  hour: string;
  zone: string;
  entered: number;
  left: number;
}

/** Who is logged in, and what happens when that is over. */
export const Owning = createContext({ token: '', ended: () => undefined as void });

/** Asks as the owner who is logged in. */
export function useAsk() {
  const { token, ended } = useContext(Owning);
  return <T>(request: string, more: { body?: unknown; key?: string } = {}): Promise<T> =>
    ask<T>(request, { ...more, token }).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 401) ended();
      throw error;
    });
}

/** How often numbers that change by themselves are asked for anew (assumption). */
const liveMs = 5_000;

export function useVenues() {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['venues'],
    queryFn: () => allPages<Venue>((after) => askAs(`GET /venues?limit=500${after}`)),
  });
}

export function useVenue(id: string) {
  const askAs = useAsk();
  return useQuery({ queryKey: ['venue', id], queryFn: () => askAs<Venue>(`GET /venues/${id}`) });
}

export function useUnit(code: string | null) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['unit', code],
    queryFn: () => askAs<Unit>(`GET /units/${encodeURIComponent(code!)}`),
    enabled: code !== null,
    staleTime: Infinity,
  });
}

/** Units whose names begin with what was typed; what was found before stays until the next is there. */
export function useUnitsNamed(name: string) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['units', name],
    queryFn: async () => (await askAs<{ items: Unit[] }>(`GET /units/search?${new URLSearchParams({ name })}`)).items,
    enabled: name !== '',
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

export function useInside(id: string) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['inside', id],
    queryFn: () => askAs<Headcount & { at: string }>(`GET /venues/${id}/inside`),
    refetchInterval: liveMs,
  });
}

export function useCounts(id: string, { from, to }: { from: string; to: string }) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['counts', id, from, to],
    queryFn: () => readCounts(askAs, id, { from, to }),
    refetchInterval: liveMs * 4,
  });
}

export const readCounts = async (
  askAs: ReturnType<typeof useAsk>,
  id: string,
  { from, to }: { from: string; to: string },
) =>
  (await askAs<{ items: HourCount[] }>(`GET /venues/${id}/counts?${new URLSearchParams({ from, to }).toString()}`))
    .items;

export function useGates(id: string) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['gates', id],
    queryFn: async () => (await askAs<{ items: Gate[] }>(`GET /venues/${id}/gates`)).items,
  });
}

/** Something that changes what the server knows; what was read before is read again. What is asked is all in `input`. */
export function useChange<In, Out>(
  change: (askAs: ReturnType<typeof useAsk>, input: In, key: string) => Promise<Out>,
  done?: (out: Out) => void,
) {
  const [askAs, client, same] = [useAsk(), useQueryClient(), useSameKey()];
  return useMutation({
    mutationFn: (input: In) => change(askAs, input, same.of(input)),
    onSuccess: async (out) => {
      same.made();
      await client.invalidateQueries();
      done?.(out);
    },
  });
}
