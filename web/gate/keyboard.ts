import { useEffect, useRef, type RefObject } from 'react';

/** A reader types the whole code and Enter within moments; a person does not (assumption). */
const pauseMs = 100;

/** Where typing belongs to what has the focus. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/**
 * Keeps the field of hardware readers ready: it has the focus from the start and after every touch, and what a reader
 * types while a button has the focus goes into it all the same. Tab still moves on, for people who use the keyboard.
 */
export function useWedge(
  field: RefObject<HTMLInputElement | null>,
  enabled: boolean,
  read: (code: string) => void,
): void {
  const take = useRef(read);
  take.current = read;
  useEffect(() => {
    if (!enabled) return;
    let [typed, lastMs] = ['', 0];
    field.current?.focus({ preventScroll: true });
    const back = () =>
      setTimeout(() => document.activeElement === document.body && field.current?.focus({ preventScroll: true }));
    const key = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.timeStamp - lastMs > pauseMs) typed = '';
      lastMs = event.timeStamp;
      if (event.key.length === 1) typed += event.key;
      else if (event.key === 'Enter' && typed.length > 3) {
        event.preventDefault();
        take.current(typed);
        typed = '';
      }
    };
    addEventListener('keydown', key, true);
    addEventListener('pointerup', back);
    addEventListener('focus', back);
    return () => {
      removeEventListener('keydown', key, true);
      removeEventListener('pointerup', back);
      removeEventListener('focus', back);
    };
  }, [field, enabled]);
}
