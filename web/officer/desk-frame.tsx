import { useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../shared/page.js';
import { usePlace } from '../shared/place.js';
import { AlarmBar } from './alarm-bar.js';
import { BoardPage } from './board-page.js';
import { CallsPage } from './calls-page.js';
import { CasePage } from './case-page.js';
import { ConfirmPage } from './confirm-page.js';
import { Desk } from './desk.js';
import { DoubtsPage } from './doubts-page.js';
import { HoldsPage, useHolds } from './holds-page.js';
import { LiveNews, useLive } from './live.js';
import { PeoplePage } from './people-page.js';
import { PersonPage } from './person-page.js';
import { PoliciesPage } from './policies-page.js';
import { RepairsPage } from './repairs-page.js';

/** The pages, and the roles that open them; without roles everybody's. */
const pages = {
  board: [],
  confirm: ['tracer', 'head'],
  calls: ['tracer', 'head'],
  people: ['tracer', 'head', 'admin'],
  holds: ['tracer', 'head', 'admin', 'auditor'],
  doubts: ['tracer', 'head', 'admin'],
  repairs: ['tracer', 'head', 'admin'],
  policies: [],
} as const;
type PageName = keyof typeof pages;

/** The desk: the pages at the left, the one that is open beside them, and whether news arrives by itself. */
export function DeskFrame({ logOut }: { logOut: () => void }) {
  const { t } = useTranslation(['officer', 'shared']);
  const live = useLive();
  const place = usePlace();
  const mine = usePages();
  const [, kind, id] = /^\/(case|person)\/([\w.-]+)$/.exec(place) ?? [];
  const page = id ? undefined : (mine.find((one) => place === `/${one}`) ?? 'board');
  const held = useHolds(mine.includes('holds')).data?.filter(({ state }) => state === 'held').length ?? 0;
  useShortcuts(mine);
  return (
    <LiveNews.Provider value={live}>
      <PageHead home="#/board">
        <p className={`link ${live.isLive ? 'online' : 'offline'}`} role="status">
          {t(live.isLive ? 'link.live' : 'link.lost')}
        </p>
        <button className="button quiet small" onClick={logOut}>
          {t('shared:logIn.out')}
        </button>
      </PageHead>
      <AlarmBar />
      <div className="desk">
        <nav className="rail" aria-label={t('nav.label')}>
          {mine.map((one, at) => (
            <a
              key={one}
              href={`#/${one}`}
              aria-current={one === page ? 'page' : undefined}
              aria-keyshortcuts={`Alt+Shift+${at + 1}`}
            >
              <span className="grow">{t(`nav.${one}`)}</span>
              {one === 'holds' && held > 0 && <span className="count number">{held}</span>}
              <kbd aria-hidden="true">{at + 1}</kbd>
            </a>
          ))}
          <p className="hint">{t('nav.keys')}</p>
        </nav>
        <main className="work" key={place}>
          {id && kind === 'case' && <CasePage id={id} />}
          {id && kind === 'person' && <PersonPage id={id} />}
          {page === 'board' && <BoardPage />}
          {page === 'confirm' && <ConfirmPage />}
          {page === 'calls' && <CallsPage />}
          {page === 'people' && <PeoplePage />}
          {page === 'holds' && <HoldsPage />}
          {page === 'doubts' && <DoubtsPage />}
          {page === 'repairs' && <RepairsPage />}
          {page === 'policies' && <PoliciesPage />}
        </main>
      </div>
    </LiveNews.Provider>
  );
}

/** The pages that the officer's roles open. */
function usePages(): PageName[] {
  const { roles } = useContext(Desk);
  return (Object.keys(pages) as PageName[]).filter((page) => {
    const wanted: readonly string[] = pages[page];
    return wanted.length === 0 || wanted.some((role) => roles.includes(role));
  });
}

/** Alt, Shift and a digit open a page: single letters would be in the way of screen readers (WCAG 2.1.4). */
function useShortcuts(mine: PageName[]): void {
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      const [, digit] = /^Digit(\d)$/.exec(event.code) ?? [];
      const wanted = digit && event.altKey && event.shiftKey ? mine[Number(digit) - 1] : undefined;
      if (!wanted) return;
      event.preventDefault();
      location.hash = `/${wanted}`;
    };
    addEventListener('keydown', follow);
    return () => removeEventListener('keydown', follow);
  });
}
