import { useQueryClient } from '@tanstack/react-query';
import { Activity, useCallback, useState, type ReactNode } from 'react';
import { useDemoTicket } from './demo-ticket.js';
import { PageHead, Wrong } from './page.js';
import type { Session, Sessions } from './session.js';
import { whose } from './whose.js';

/** Who is logged in on a page, and how they come in and go; `forget` drops what the page kept for whoever was here. */
export function useEntrance<S extends Session>(sessions: Sessions<S>, forget?: () => void) {
  const client = useQueryClient();
  const [session, setSession] = useState(sessions.read);
  const [isOver, setOver] = useState(false);
  const clear = useCallback(() => {
    forget?.();
    client.clear();
  }, [client, forget]);
  const enter = useCallback(
    (visitor: S) => {
      if (session && whose(session) === whose(visitor)) void client.invalidateQueries();
      else clear();
      sessions.keep(visitor);
      setOver(false);
      setSession(visitor);
    },
    [session, clear, client, sessions],
  );
  const leave = useCallback(() => {
    sessions.end();
    clear();
    setSession(undefined);
  }, [clear, sessions]);
  const ended = useCallback(() => {
    sessions.end();
    forget?.();
    setOver(true);
  }, [sessions, forget]);
  const wrongTicket = useDemoTicket<S>(enter);
  return { session, enter, leave, ended, isOver, wrongTicket };
}

interface Met<S extends Session> {
  home: string;
  /** Said to somebody whose session has ended. */
  notice: string;
  at: { session: S | undefined; isOver: boolean; wrongTicket: Error | null };
  logIn: ReactNode;
  children: (session: S) => ReactNode;
}

/**
 * What stands in front of a page: its log-in, and why somebody meets it again. The page of a session that has ended
 * waits behind it, unseen and at rest, with all that was typed: for whoever it belongs to, and in this tab alone.
 */
export const Entrance = <S extends Session>({ home, notice, at, logIn, children }: Met<S>) => (
  <>
    {(!at.session || at.isOver) && (
      <>
        <PageHead home={home} />
        <main className="narrow stack">
          {at.isOver && (
            <p className="message notice" role="status">
              {notice}
            </p>
          )}
          <Wrong error={at.wrongTicket} />
          {logIn}
        </main>
      </>
    )}
    {at.session && (
      <Activity key={whose(at.session)} mode={at.isOver ? 'hidden' : 'visible'}>
        {children(at.session)}
      </Activity>
    )}
  </>
);
