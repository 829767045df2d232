import { useSyncExternalStore } from 'react';

/** The part of the address behind `#`, followed. */
export function usePlace(): string {
  const follow = (told: () => void) => {
    addEventListener('hashchange', told);
    return () => removeEventListener('hashchange', told);
  };
  return useSyncExternalStore(follow, () => location.hash.slice(1));
}
