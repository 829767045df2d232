import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Entrance, useEntrance } from '../shared/entrance.js';
import { Desk, staffSession } from './desk.js';
import { DeskFrame } from './desk-frame.js';
import { StaffLogIn } from './staff-log-in.js';

/** What officers see: the log-in, or their desk. */
export function Officer() {
  const { t } = useTranslation('officer');
  const at = useEntrance(staffSession);
  const { session, ended } = at;
  const desk = useMemo(() => ({ token: session?.token ?? '', roles: session?.roles ?? [], ended }), [session, ended]);
  return (
    <Entrance home="/officer" notice={t('ended')} at={at} logIn={<StaffLogIn done={at.enter} />}>
      {() => (
        <Desk.Provider value={desk}>
          <DeskFrame logOut={at.leave} />
        </Desk.Provider>
      )}
    </Entrance>
  );
}
