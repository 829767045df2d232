import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LogIn } from '../shared/log-in.js';
import { usePlace } from '../shared/place.js';
import { PageHead } from '../shared/page.js';
import { endSession, readSession } from '../shared/session.js';
import { Owning } from './api.js';
import { DoorScreen } from './door-screen.js';
import { VenueList } from './venue-list.js';
import { VenuePage } from './venue-page.js';

/** What an owner sees: the list of places, one place, or the screen beside its door. */
export function Owner() {
  const { t } = useTranslation(['owner', 'shared']);
  const [session, setSession] = useState(readSession);
  const place = usePlace();
  const ended = () => {
    endSession();
    setSession(undefined);
  };
  const [, id, screen] = /^\/venue\/([^/]+)(\/screen)?$/.exec(place) ?? [];
  if (!session) {
    return (
      <>
        <PageHead />
        <main className="narrow">
          <LogIn title={t('logIn')} why={t('logInWhy')} done={setSession} />
        </main>
      </>
    );
  }
  return (
    <Owning.Provider value={{ token: session.token, ended }}>
      {id && screen ? (
        <DoorScreen id={decodeURIComponent(id)} />
      ) : (
        <>
          <PageHead>
            <button className="button quiet small" onClick={ended}>
              {t('shared:logIn.out')}
            </button>
          </PageHead>
          {id ? <VenuePage key={id} id={decodeURIComponent(id)} /> : <VenueList />}
        </>
      )}
    </Owning.Provider>
  );
}
