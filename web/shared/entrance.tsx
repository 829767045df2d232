import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, type ReactNode } from 'react';
import { useDemoTicket } from './demo-ticket.js';
import { PageHead, Wrong } from './page.js';
import type { Session, Sessions } from './session.js';

/** Who is logged in on a page, and how they come in and go; `forget` drops what the page kept for whoever was here. */
export function useEntrance<S extends Session>(sessions: Sessions<S>, forget?: () => void) {
  const client = useQueryClient();
  const [session, setSession] = useState(sessions.read);
  const [wasEnded, setEnded] = useState(false);
  const clear = useCallback(() => {
    forget?.();
    client.clear();
  }, [client, forget]);
  const enter = useCallback(
    (visitor: S) => {
      clear();
      sessions.keep(visitor);
      setEnded(false);
      setSession(visitor);
    },
    [clear, sessions],
  );
  const leave = useCallback(() => {
    sessions.end();
    clear();
    setSession(undefined);
  }, [clear, sessions]);
  const ended = useCallback(() => {
    setEnded(true);
    leave();
  }, [leave]);
  const wrongTicket = useDemoTicket<S>(enter);
  return { session, enter, leave, ended, wasEnded, wrongTicket };
}

interface Met {
  home: string;
  /** Said to somebody whose session has ended. */
  notice: string | false;
  wrongTicket: Error | null;
  children: ReactNode;
}

/** What stands in front of a page: its log-in, and why somebody meets it again. */
export const Entrance = ({ home, notice, wrongTicket, children }: Met) => (
  <>
    <PageHead home={home} />
    <main className="narrow stack">
      {notice && (
        <p className="message notice" role="status">
          {notice}
        </p>
      )}
      <Wrong error={wrongTicket} />
      {children}
    </main>
  </>
);
