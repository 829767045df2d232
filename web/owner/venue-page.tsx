import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { useChange, useVenue, type Venue, type VenueFields } from './api.js';
import { CountsCard } from './counts-card.js';
import { GatesCard } from './gates-card.js';
import { InsideCard } from './inside-card.js';
import { PosterCard } from './poster-card.js';
import { VenueForm } from './venue-form.js';

/** One place: how full it is, its devices, its poster, its numbers. */
export function VenuePage({ id }: { id: string }) {
  const { t } = useTranslation(['owner', 'shared']);
  const venue = useVenue(id);
  return (
    <main className="wide stack">
      <a className="back" href="#/">
        ← {t('back')}
      </a>
      {venue.isPending && <p role="status">{t('loading')}</p>}
      <Wrong error={venue.error} />
      {venue.data && (
        <>
          <div>
            <h1>{venue.data.name}</h1>
            <p className="soft">{t(`shared:kind.${venue.data.kind}`)}</p>
          </div>
          <div className="board">
            <InsideCard id={id} />
            <CountsCard id={id} />
            <GatesCard id={id} />
            <PosterCard venue={venue.data} />
            <EditCard venue={venue.data} />
          </div>
        </>
      )}
    </main>
  );
}

function EditCard({ venue }: { venue: Venue }) {
  const { t } = useTranslation('owner');
  const save = useChange((askAs, fields: VenueFields) => askAs(`PATCH /venues/${venue.id}`, { body: fields }));
  return (
    <section className="card stack whole">
      <h2>{t('edit.title')}</h2>
      <VenueForm
        given={venue}
        save={(fields) => save.mutate(pick(fields))}
        isSaving={save.isPending}
        error={save.error}
        label={t('edit.save')}
      />
      {save.isSuccess && (
        <p className="message fine" role="status">
          {t('edit.saved')}
        </p>
      )}
    </section>
  );
}

const pick = ({ name, kind, setting, unit, capacity, zones }: VenueFields): VenueFields => ({
  name,
  kind,
  setting,
  unit,
  capacity,
  zones,
});
