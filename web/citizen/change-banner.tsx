import { useTranslation } from 'react-i18next';
import type { Change } from './live.js';

/** What has just changed, said once and clearly. */
export function ChangeBanner({ change, noted }: { change: Change; noted: () => void }) {
  const { t } = useTranslation(['citizen', 'shared']);
  return (
    <section className="message notice change" role="alert">
      <p>
        {change.kind === 'colour'
          ? t('change.colour', { from: t(`shared:colour.${change.from}`), to: t(`shared:colour.${change.to}`) })
          : t(`change.${change.kind}`)}
      </p>
      <span className="row">
        <a className="button small" href="#/why" onClick={noted}>
          {t('change.why')}
        </a>
        <button className="button quiet small" onClick={noted}>
          {t('change.noted')}
        </button>
      </span>
    </section>
  );
}
