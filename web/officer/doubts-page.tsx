import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { useAsk, useVenues } from './desk.js';
import { doubtKind } from './doubts-card.js';

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

interface DoubtsRead {
  items: Doubt[];
  next: string | null;
}

/** Scans of one's units that may not be what they say, newest first; nobody was turned away for one. */
export function DoubtsPage() {
  const { t } = useTranslation('officer');
  const askAs = useAsk();
  const read = useInfiniteQuery({
    queryKey: ['doubts'],
    queryFn: ({ pageParam }) =>
      askAs<DoubtsRead>(`GET /doubts?limit=50&after=${encodeURIComponent(pageParam)}`, { purpose: 'identity' }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const items = read.data?.pages.flatMap((page) => page.items) ?? [];
  const venues = useVenues(items.flatMap(({ venue, other }) => (other ? [venue, other.venue] : [venue])));
  const placeOf = (id: string): string => venues?.get(id)?.name ?? id;
  return (
    <>
      <h1>{t('doubts.title')}</h1>
      <p className="soft">{t('doubts.why')}</p>
      <Wrong error={read.error} />
      {read.isPending && <p role="status">{t('board.loading')}</p>}
      {read.data && items.length === 0 && <p className="card soft">{t('doubts.none')}</p>}
      {items.length > 0 && <DoubtTable items={items} placeOf={placeOf} />}
      {read.hasNextPage && (
        <p>
          <button className="button small" disabled={read.isFetching} onClick={() => void read.fetchNextPage()}>
            {t('doubts.more')}
          </button>
        </p>
      )}
    </>
  );
}

function DoubtTable({ items, placeOf }: { items: Doubt[]; placeOf: (id: string) => string }) {
  const { t, i18n: text } = useTranslation('officer');
  const apart = (km: number | null) =>
    km === null ? '' : t('doubts.km', { km: km.toLocaleString(text.language, { maximumFractionDigits: 1 }) });
  return (
    <div className="scroll whole" tabIndex={0} role="group" aria-label={t('doubts.title')}>
      <table className="list">
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
              <td>{placeOf(venue)}</td>
              <td>
                {other ? (
                  <>
                    {placeOf(other.venue)} <span className="soft small number">{showInstant(other.at)}</span>{' '}
                    <span className="number">{apart(other.km)}</span>
                  </>
                ) : (
                  '–'
                )}
              </td>
              <td className="number">{times.toLocaleString(text.language)}</td>
              <td>{person ? <a href={`#/person/${person}`}>{t('board.who')}</a> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
