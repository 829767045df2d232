import { useQuery } from '@tanstack/react-query';
import { allPages } from '../shared/api.js';
import { useAsk } from './desk.js';
import type { Draft, Policy } from './policy.js';

export function usePolicies() {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['policies'],
    queryFn: () => allPages<Policy>((after) => askAs(`GET /policies?limit=100${after}`)),
  });
}

export function useDrafts(isMine: boolean) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['drafts'],
    queryFn: async () => (await askAs<{ items: Draft[] }>('GET /policies/drafts')).items,
    enabled: isMine,
  });
}
