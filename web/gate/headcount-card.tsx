import { useTranslation } from 'react-i18next';
import type { LineState } from './line-state.js';

/** From this share of the capacity on the guard is told (assumption). */
const nearly = 0.85;

/** How many people are inside, large enough to be read from the street. */
export function HeadcountCard({ state: { headcount, link } }: { state: LineState }) {
  const { t } = useTranslation('gate');
  if (!headcount) {
    return (
      <section className="headcount">
        <h2>{t('inside.label')}</h2>
        <p className="soft">{t('inside.unknown')}</p>
      </section>
    );
  }
  const { inside, capacity, zones } = headcount;
  const share = capacity ? inside / capacity : 0;
  const named = Object.entries(zones).filter(([zone]) => zone !== '');
  return (
    <section className={`headcount ${share >= 1 ? 'full' : share >= nearly ? 'nearly' : ''}`}>
      <h2>{t('inside.label')}</h2>
      <p className="big number">{inside}</p>
      {capacity !== undefined && (
        <>
          <meter
            className="visually-hidden"
            min={0}
            max={capacity}
            value={Math.min(inside, capacity)}
            aria-label={t('inside.label')}
          />
          <svg className="capacity" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="6" className="all" />
            <rect width={Math.min(share, 1) * 100} height="6" className="used" />
          </svg>
          <p className="soft">{t('inside.of', { capacity })}</p>
        </>
      )}
      {share >= 1 && <p className="message alarm">{t('inside.full')}</p>}
      {share >= nearly && share < 1 && <p className="message notice">{t('inside.nearly')}</p>}
      {link === 'offline' && <p className="soft small">{t('inside.estimate')}</p>}
      {named.length > 0 && (
        <ul className="by-zone">
          {named.map(([zone, people]) => (
            <li key={zone}>
              <span>{zone}</span>
              <b className="number">{people}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
