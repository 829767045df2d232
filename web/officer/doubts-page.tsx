import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { useVenues } from './desk.js';
import { doubtKind } from './doubts-card.js';
import { ReadOnList, useReadOn } from './read-on.js';

/** A doubt as the API shows it to officers; instants ISO 8601. */
interface Doubt {
  id: string;
  kind: string;
  person: string | null;
  venue: string;
  unit: string | null;
  at: string;
  times: number;
  other: { venue: string; at: string; km: number | null } | null;
}

/** Scans of one's units that may not be what they say, newest first; nobody was turned away for one. */
export function DoubtsPage() {
  const { t } = useTranslation('officer');
  const doubts = useReadOn<Doubt>('doubts', { limit: 50, purpose: 'identity' });
  const { items } = doubts;
  const venues = useVenues(items.flatMap(({ venue, other }) => (other ? [venue, other.venue] : [venue])));
  const placeOf = (id: string): string => (venues ? (venues.get(id)?.name ?? id) : '…');
  return (
    <>
      <h1>{t('doubts.title')}</h1>
      <p className="soft">{t('doubts.why')}</p>
      <ReadOnList of={doubts} none={t('doubts.none')} more={t('doubts.more')}>
        <DoubtTable items={items} placeOf={placeOf} />
      </ReadOnList>
    </>
  );
}

function DoubtTable({ items, placeOf }: { items: Doubt[]; placeOf: (id: string) => string }) {
  const { t, i18n: text } = useTranslation('officer');
  const apart = (km: number | null) =>
    km === null ? '' : t('doubts.km', { km: km.toLocaleString(text.language, { maximumFractionDigits: 1 }) });
  return (
    <div className="scroll whole" tabIndex={0} role="group" aria-label={t('doubts.title')}>
      <table className="list stacked">
        <thead>
          <tr>
            <th scope="col">{t('doubts.at')}</th>
            <th scope="col">{t('doubts.what')}</th>
            <th scope="col">{t('doubts.place')}</th>
            <th scope="col">{t('doubts.other')}</th>
            <th scope="col">{t('doubts.times')}</th>
            <th scope="col">{t('contacts.column.person')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, kind, person, venue, at, times, other }) => (
            <tr key={id}>
              <th scope="row" className="number">
                {showInstant(at)}
              </th>
              <td>{t(`doubts.kind.${doubtKind(kind)}`)}</td>
              <td data-name={t('doubts.place')}>{placeOf(venue)}</td>
              <td data-name={t('doubts.other')}>
                {other ? (
                  <>
                    {placeOf(other.venue)} <span className="soft small number">{showInstant(other.at)}</span>{' '}
                    <span className="number">{apart(other.km)}</span>
                  </>
                ) : (
                  '–'
                )}
              </td>
              <td className="number" data-name={t('doubts.times')}>
                {times.toLocaleString(text.language)}
              </td>
              <td>{person ? <a href={`#/person/${person}`}>{t('board.who')}</a> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
