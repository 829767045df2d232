import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

/** What browsers that can install a page hand over; TypeScript's own library does not know it. */
interface InstallEvent extends Event {
  prompt: () => Promise<unknown>;
}

let offered: InstallEvent | undefined;
const followers = new Set<() => void>();

const change = (event: InstallEvent | undefined): void => {
  offered = event;
  for (const tell of followers) tell();
};

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  change(event as InstallEvent);
});
addEventListener('appinstalled', () => change(undefined));

const follow = (tell: () => void) => {
  followers.add(tell);
  return () => void followers.delete(tell);
};

/** Puts the page on the home screen, where the browser offers it; else tells how. */
export function InstallCard() {
  const { t } = useTranslation('citizen');
  const offer = useSyncExternalStore(follow, () => offered);
  const isInstalled = matchMedia('(display-mode: standalone)').matches;
  if (isInstalled) return null;
  return (
    <section className="card stack">
      <h2>{t('install.title')}</h2>
      <p>{t(offer ? 'install.text' : 'install.how')}</p>
      {offer && (
        <div className="row">
          <button className="button" onClick={() => void offer.prompt().finally(() => change(undefined))}>
            {t('install.do')}
          </button>
        </div>
      )}
    </section>
  );
}
