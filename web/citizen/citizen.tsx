import { lazy, Suspense, useContext, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Entrance, useEntrance } from '../shared/entrance.js';
import { LogIn } from '../shared/log-in.js';
import { PageHead, Wrong } from '../shared/page.js';
import { usePlace } from '../shared/place.js';
import { phoneSession } from '../shared/session.js';
import { CardPage } from './card-page.js';
import { ChangeBanner } from './change-banner.js';
import { forgetKept } from './kept.js';
import { useLive } from './live.js';
import { Own, useMe } from './own.js';
import { forgetDevice, renewDevice } from './push.js';

/** What is not looked at first comes later; the service worker keeps it too. */
const WhyPage = lazy(async () => ({ default: (await import('./why-page.js')).WhyPage }));
const PlacesPage = lazy(async () => ({ default: (await import('./places-page.js')).PlacesPage }));
const RecordsPage = lazy(async () => ({ default: (await import('./records-page.js')).RecordsPage }));
const PrivacyPage = lazy(async () => ({ default: (await import('./privacy-page.js')).PrivacyPage }));

const pages = ['card', 'why', 'places', 'records', 'privacy'] as const;
type PageName = (typeof pages)[number];

/** What a citizen sees: the log-in, or the card and all that belongs to it. */
export function Citizen() {
  const { t } = useTranslation('citizen');
  const at = useEntrance(phoneSession, forgetKept);
  const token = at.session?.token;
  const own = useMemo(() => ({ token: token ?? '', ended: at.ended }), [token, at.ended]);
  return (
    <Entrance
      home="/citizen"
      notice={t('ended')}
      at={at}
      logIn={<LogIn title={t('logIn')} why={t('logInWhy')} done={at.enter} />}
    >
      {(session) => (
        <Own.Provider value={own}>
          <OwnPages logOut={() => void forgetDevice(session.token).finally(at.leave)} />
        </Own.Provider>
      )}
    </Entrance>
  );
}

/** Whoever logs in for the first time becomes a person first: colour, card and news are a person's. */
function OwnPages({ logOut }: { logOut: () => void }) {
  const { t } = useTranslation('citizen');
  const me = useMe();
  if (me.data) return <Pages logOut={logOut} />;
  return (
    <>
      <PageHead home="/citizen" />
      <main className="own stack">
        {me.error ? <Wrong error={me.error} /> : <p role="status">{t('card.loading')}</p>}
      </main>
    </>
  );
}

function Pages({ logOut }: { logOut: () => void }) {
  const { t } = useTranslation(['citizen', 'shared']);
  const place = usePlace();
  const page: PageName = pages.find((one) => place.split('/')[1] === one) ?? 'card';
  const { isLive, change, noted } = useLive();
  const { token } = useContext(Own);
  useEffect(() => void renewDevice(token), [token]);
  // Browsers of late answer with a promise, which an effect must not.
  useEffect(() => void scrollTo(0, 0), [page]);
  return (
    <>
      <PageHead home="/citizen" />
      <main className={`own stack ${page}-page`} key={page}>
        {change && <ChangeBanner change={change} noted={noted} />}
        {page === 'card' && <CardPage isLive={isLive} />}
        <Suspense fallback={<p role="status">{t('card.loading')}</p>}>
          {page === 'why' && <WhyPage isLive={isLive} />}
          {page === 'places' && <PlacesPage />}
          {page === 'records' && <RecordsPage />}
          {page === 'privacy' && <PrivacyPage logOut={logOut} />}
        </Suspense>
      </main>
      <nav className="tabs" aria-label={t('nav.label')}>
        {pages.map((one) => (
          <a key={one} href={`#/${one}`} aria-current={one === page ? 'page' : undefined}>
            <TabSign name={one} />
            {t(`nav.${one}`)}
          </a>
        ))}
      </nav>
    </>
  );
}

const signs: Record<PageName, string> = {
  card: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  why: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM12 11v5M12 7.500v.1',
  places: 'M12 21s7-6.500 7-12A7 7 0 0 0 5 9c0 5.500 7 12 7 12ZM12 11.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z',
  records: 'M6 3h9l4 4v14H6zM15 3v4h4M9.500 12h6M9.500 16h6',
  privacy: 'M12 3 5 6v5c0 5 3 8.500 7 10 4-1.500 7-5 7-10V6zM9 12l2.200 2.200L15.500 10',
};

const TabSign = ({ name }: { name: PageName }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path
      d={signs[name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  </svg>
);
