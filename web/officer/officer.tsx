import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDemoTicket } from '../shared/demo-ticket.js';
import { PageHead, Wrong } from '../shared/page.js';
import { Desk, staffSession, type StaffSession } from './desk.js';
import { DeskFrame } from './desk-frame.js';
import { StaffLogIn } from './staff-log-in.js';

/** What officers see: the log-in, or their desk. */
export function Officer() {
  const { t } = useTranslation('officer');
  const client = useQueryClient();
  const [session, setSession] = useState(staffSession.read);
  const [wasEnded, setEnded] = useState(false);
  const enter = useCallback(
    (staff: StaffSession) => {
      client.clear();
      staffSession.keep(staff);
      setEnded(false);
      setSession(staff);
    },
    [client],
  );
  const leave = useCallback(() => {
    staffSession.end();
    client.clear();
    setSession(undefined);
  }, [client]);
  const ended = useCallback(() => {
    setEnded(true);
    leave();
  }, [leave]);
  const wrongTicket = useDemoTicket<StaffSession>(enter);
  const desk = useMemo(() => ({ token: session?.token ?? '', roles: session?.roles ?? [], ended }), [session, ended]);
  if (session) {
    return (
      <Desk.Provider value={desk}>
        <DeskFrame key={session.token} logOut={leave} />
      </Desk.Provider>
    );
  }
  return (
    <>
      <PageHead home="/officer" />
      <main className="narrow stack">
        {wasEnded && (
          <p className="message notice" role="status">
            {t('ended')}
          </p>
        )}
        <Wrong error={wrongTicket} />
        <StaffLogIn done={enter} />
      </main>
    </>
  );
}
