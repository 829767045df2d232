import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import type { Identifier } from '../../src/domain/identity/identifiers.js';
import { ask, Refusal } from '../shared/api.js';
import { useSameKey } from '../shared/same-key.js';
import { sessionsIn, type Session } from '../shared/session.js';

/** Who sits at the desk, and what they may do. */
export interface StaffSession extends Session {
  roles: string[];
}

/** A desk is shared: whoever closes the tab is logged out. */
export const staffSession = sessionsIn<StaffSession>(() => sessionStorage, 'vetxanh.staff');

/** Who is logged in, and what happens when that is over. */
export const Desk = createContext({ token: '', roles: [] as string[], ended: () => undefined as void });

/** Why data is read while somebody works on a case. */
export const tracing = (caseId: string): string => `tracing; case=${caseId}`;

/** Asks as the officer who is logged in. */
export function useAsk() {
  const { token, ended } = useContext(Desk);
  return <T>(request: string, more: Omit<Parameters<typeof ask>[1] & object, 'token'> = {}): Promise<T> =>
    ask<T>(request, { ...more, token }).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 401) ended();
      throw error;
    });
}

/** Whether the officer has one of these roles. */
export function useMay(...wanted: string[]): boolean {
  const { roles } = useContext(Desk);
  return wanted.some((role) => roles.includes(role));
}

/** A person as officers see them. */
export interface Person {
  id: string;
  unit: string | null;
  verified: boolean;
  name?: string;
  birthDate?: string;
  gender?: 'male' | 'female';
  phone?: string;
  address?: string;
  identifiers: Identifier[];
}

/** A place as officers see it. */
export interface Venue {
  id: string;
  name: string;
  kind: string;
  setting: string;
  unit: string | null;
  point: { lat: number; lon: number } | null;
}

/** How many ids one question holds (API: 100). */
const idsPerQuestion = 100;

/** Places by their ids; names change seldom, so that they are asked for once. */
export function useVenues(ids: string[]) {
  const askAs = useAsk();
  const wanted = useMemo(() => [...new Set(ids)].sort(), [ids]);
  const { data } = useQuery({
    queryKey: ['venues', wanted.join()],
    queryFn: () => readInParts<Venue>(wanted, (part) => askAs(`GET /venues?ids=${part}`)),
    enabled: wanted.length > 0,
    staleTime: Infinity,
    placeholderData: (known) => known,
  });
  return data;
}

/** What a list of ids leads to, by id, a hundred at a time. */
export async function readInParts<T extends { id: string }>(
  ids: string[],
  read: (part: string) => Promise<{ items: T[] }>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (let at = 0; at < ids.length; at += idsPerQuestion) {
    const part = ids.slice(at, at + idsPerQuestion).join();
    for (const one of (await read(encodeURIComponent(part))).items) found.set(one.id, one);
  }
  return found;
}

/** Something that changes what the server knows; what was read before is read again. What is asked is all in `input`. */
export function useChange<In, Out>(
  change: (askAs: ReturnType<typeof useAsk>, input: In, key: string) => Promise<Out>,
  done?: (out: Out) => void,
) {
  const [askAs, client, same] = [useAsk(), useQueryClient(), useSameKey()];
  return useMutation({
    mutationFn: (input: In) => change(askAs, input, same.of(input)),
    onSuccess: (out) => {
      same.made();
      void client.invalidateQueries();
      done?.(out);
    },
  });
}
