import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Entrance, useEntrance } from '../shared/entrance.js';
import { Desk, staffSession } from './desk.js';
import { DeskFrame } from './desk-frame.js';
import { StaffLogIn } from './staff-log-in.js';

/** What officers see: the log-in, or their desk. */
export function Officer() {
  const { t } = useTranslation('officer');
  const { session, enter, leave, ended, wasEnded, wrongTicket } = useEntrance(staffSession);
  const desk = useMemo(() => ({ token: session?.token ?? '', roles: session?.roles ?? [], ended }), [session, ended]);
  if (!session) {
    return (
      <Entrance home="/officer" notice={wasEnded && t('ended')} wrongTicket={wrongTicket}>
        <StaffLogIn done={enter} />
      </Entrance>
    );
  }
  return (
    <Desk.Provider value={desk}>
      <DeskFrame key={session.token} logOut={leave} />
    </Desk.Provider>
  );
}
