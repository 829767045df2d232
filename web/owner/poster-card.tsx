import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Venue } from './api.js';
import { download } from '../shared/download.js';

/** What hangs on the door: a printed poster, or a screen whose code changes. */
export function PosterCard({ venue }: { venue: Venue }) {
  const { t } = useTranslation(['owner', 'shared']);
  const [state, setState] = useState<'ready' | 'working' | 'failed'>('ready');
  const make = async () => {
    setState('working');
    try {
      // The library that writes PDF is loaded only by those who print.
      const { makePoster } = await import('./poster.js');
      download(`vetxanh-${venue.code}.pdf`, await makePoster(venue));
      setState('ready');
    } catch {
      setState('failed');
    }
  };
  return (
    <section className="card stack">
      <h2>{t('poster.title')}</h2>
      <p className="soft">{t('poster.text')}</p>
      <button className="button main" disabled={state === 'working'} onClick={() => void make()}>
        {t(state === 'working' ? 'shared:working' : 'poster.make')}
      </button>
      {state === 'failed' && (
        <p className="message alarm" role="alert">
          {t('poster.failed')}
        </p>
      )}
      <a className="button" href={`#/venue/${encodeURIComponent(venue.id)}/screen`}>
        {t('poster.screen')}
      </a>
      <p className="soft small">{t('poster.screenText')}</p>
    </section>
  );
}
