import { useRef } from 'react';
import { newId } from './api.js';

/** The key of a change: the same for the same again after a fault, so that nothing is made twice, and another once it is made. */
export function useSameKey(): { of: (input: unknown) => string; made: () => void } {
  const tried = useRef<{ text: string | undefined; key: string }>(undefined);
  return {
    of: (input) => {
      const text = JSON.stringify(input);
      if (tried.current?.text !== text || !tried.current) tried.current = { text, key: newId() };
      return tried.current.key;
    },
    made: () => (tried.current = undefined),
  };
}
