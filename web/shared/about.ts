import { useQuery } from '@tanstack/react-query';
import { ask } from './api.js';
import { keep } from './keep.js';

/** What an installation says of itself to everybody. */
export interface About {
  demo: boolean;
  /** Days. */
  retentionDays: number;
}

/** An installation seldom becomes another; what was kept is asked for again at once (assumption). */
const freshMs = 3_600_000;

const storedAs = 'vetxanh.about';

/** What this installation is; without a network, what this device heard of it last. */
export function useAbout(): About | undefined {
  const { data } = useQuery({
    queryKey: ['about'],
    queryFn: async () => {
      const about = await ask<About>('GET /about');
      keep(localStorage, storedAs, JSON.stringify(about));
      return about;
    },
    staleTime: freshMs,
    initialData: kept,
    initialDataUpdatedAt: 0,
  });
  return data;
}

function kept(): About | undefined {
  try {
    return (JSON.parse(localStorage.getItem(storedAs) ?? 'null') as About | null) ?? undefined;
  } catch {
    return undefined;
  }
}
