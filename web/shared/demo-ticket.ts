import { useEffect, useState } from 'react';
import { ask } from './api.js';
import type { Session } from './session.js';

/** The link of a demo logs in, once; its ticket does not stay in the address. What went wrong, if something did. */
export function useDemoTicket<S extends Session>(done: (session: S) => void): Error | null {
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    const enter = () => {
      const [, ticket] = /^#demo=([\w-]{24})$/.exec(location.hash) ?? [];
      if (!ticket) return;
      history.replaceState(null, '', location.pathname);
      ask<S>('POST /demo/visits', { body: { ticket } }).then(done, setError);
    };
    enter();
    addEventListener('hashchange', enter);
    return () => removeEventListener('hashchange', enter);
  }, [done]);
  return error;
}
