import { useSyncExternalStore } from 'react';

/** As in officer.css. */
const narrow = matchMedia('(max-width: 40rem)');

function follow(told: () => void): () => void {
  narrow.addEventListener('change', told);
  return () => narrow.removeEventListener('change', told);
}

/** Whether the screen is a phone's: what is drawn for a desk shrinks there until nobody can read it. */
export const useNarrow = (): boolean => useSyncExternalStore(follow, () => narrow.matches);
