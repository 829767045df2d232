import { useTranslation } from 'react-i18next';
import { PageHead } from '../shared/page.js';

/** The owner took this device out of use. */
export function RemovedPage({ waiting, again }: { waiting: number; again: () => void }) {
  const { t } = useTranslation('gate');
  return (
    <>
      <PageHead home="/gate" />
      <main className="narrow stack">
        <h1>{t('removed.title')}</h1>
        <p>{t('removed.text')}</p>
        {waiting > 0 && <p className="message notice">{t('removed.waiting', { count: waiting })}</p>}
        <button className="button main" onClick={again}>
          {t('removed.again')}
        </button>
      </main>
    </>
  );
}
