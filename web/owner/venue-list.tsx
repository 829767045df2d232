import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { useChange, useInside, useVenues, type Venue, type VenueFields } from './api.js';
import { VenueForm } from './venue-form.js';

/** All places of an owner, and the way to another one. */
export function VenueList() {
  const { t } = useTranslation('owner');
  const venues = useVenues();
  const [isAdding, setAdding] = useState(false);
  const add = useChange(
    (askAs, { capacity, unit, ...fields }: VenueFields, key) => {
      const body = { ...fields, ...(capacity !== null && { capacity }), ...(unit !== null && { unit }) };
      return askAs<Venue>('POST /venues', { key, body });
    },
    ({ id }) => (location.hash = `/venue/${encodeURIComponent(id)}`),
  );
  const isFirst = venues.data?.length === 0;
  return (
    <main className="wide stack">
      <div className="row spread">
        <h1>{t('title')}</h1>
        {!isFirst && !isAdding && (
          <button className="button main" onClick={() => setAdding(true)}>
            {t('add')}
          </button>
        )}
      </div>
      {venues.isPending && <p role="status">{t('loading')}</p>}
      <Wrong error={venues.error} />
      {isFirst && <p className="soft">{t('none')}</p>}
      {(isFirst || isAdding) && (
        <section className="card new-venue">
          <h2>{t('new.title')}</h2>
          <VenueForm
            save={(fields) => add.mutate(fields)}
            isSaving={add.isPending}
            error={add.error}
            label={t('new.save')}
          />
        </section>
      )}
      <ul className="venues">
        {venues.data?.map((venue) => (
          <li key={venue.id}>
            <VenueCard venue={venue} />
          </li>
        ))}
      </ul>
    </main>
  );
}

function VenueCard({ venue }: { venue: Venue }) {
  const { t } = useTranslation(['owner', 'shared']);
  const inside = useInside(venue.id);
  return (
    <a className="card venue" href={`#/venue/${encodeURIComponent(venue.id)}`}>
      <span className="grow">
        <b>{venue.name}</b>
        <span className="soft small">{t(`shared:kind.${venue.kind}`)}</span>
      </span>
      <span className="now">
        <b className="number">{inside.data?.inside ?? '–'}</b>
        <span className="soft small">{t('inside.title')}</span>
      </span>
    </a>
  );
}
