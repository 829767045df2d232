import { useTranslation } from 'react-i18next';
import { showTime } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { useInside } from './api.js';

/** People inside now, by zone; it follows by itself. */
export function InsideCard({ id }: { id: string }) {
  const { t } = useTranslation('owner');
  const { data, error } = useInside(id);
  const zones = Object.entries(data?.zones ?? {}).filter(([zone, people]) => zone !== '' || people > 0);
  const isByZone = zones.some(([zone]) => zone !== '');
  return (
    <section className="card stack inside">
      <h2>{t('inside.title')}</h2>
      <p className="big number">{data?.inside ?? '–'}</p>
      {data?.capacity !== undefined && (
        <>
          <svg className="capacity" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="6" className="all" />
            <rect width={Math.min(data.inside / data.capacity, 1) * 100} height="6" className="used" />
          </svg>
          <p>{t('inside.of', { capacity: data.capacity })}</p>
        </>
      )}
      {isByZone && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('inside.zone')}</th>
              <th scope="col">{t('inside.people')}</th>
            </tr>
          </thead>
          <tbody>
            {zones.map(([zone, people]) => (
              <tr key={zone}>
                <th scope="row">{zone || t('inside.general')}</th>
                <td className="number">{people}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Wrong error={error} />
      {data && <p className="soft small">{t('inside.updated', { time: showTime(Date.parse(data.at)) })}</p>}
    </section>
  );
}
