import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Entrance, useEntrance } from '../shared/entrance.js';
import { LogIn } from '../shared/log-in.js';
import { usePlace } from '../shared/place.js';
import { PageHead } from '../shared/page.js';
import { phoneSession } from '../shared/session.js';
import { Owning } from './api.js';
import { VenueList } from './venue-list.js';
import { VenuePage } from './venue-page.js';

/** It draws codes, which only a place with a screen at its door needs. */
const DoorScreen = lazy(async () => ({ default: (await import('./door-screen.js')).DoorScreen }));

/** What an owner sees: the list of places, one place, or the screen beside its door. */
export function Owner() {
  const { t } = useTranslation(['owner', 'shared']);
  const at = useEntrance(phoneSession);
  const place = usePlace();
  const [, id, screen] = /^\/venue\/([^/]+)(\/screen)?$/.exec(place) ?? [];
  return (
    <Entrance
      home="/owner"
      notice={t('ended')}
      at={at}
      logIn={<LogIn title={t('logIn')} why={t('logInWhy')} done={at.enter} />}
    >
      {({ token }) => (
        <Owning.Provider value={{ token, ended: at.ended }}>
          {id && screen ? (
            <Suspense fallback={<main aria-busy="true" />}>
              <DoorScreen id={decodeURIComponent(id)} />
            </Suspense>
          ) : (
            <>
              <PageHead>
                <button className="button quiet small" onClick={at.leave}>
                  {t('shared:logIn.out')}
                </button>
              </PageHead>
              {id ? <VenuePage key={id} id={decodeURIComponent(id)} /> : <VenueList />}
            </>
          )}
        </Owning.Provider>
      )}
    </Entrance>
  );
}
