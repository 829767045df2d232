import { useTranslation } from 'react-i18next';
import { useMay, useVenues } from './desk.js';
import { EventRow } from './event-row.js';
import { useLiveNews } from './live.js';

/** Why a scan is doubted; what a newer server doubts too has no word of its own. */
const kinds = ['two-places', 'copied-code', 'night', 'wrong-clock', 'old-code', 'revoked-card'] as const;

export const doubtKind = (kind: string): (typeof kinds)[number] | 'other' =>
  kinds.find((one) => one === kind) ?? 'other';

/** Scans that may not be what they say, as doors see them; all that were noted are one press away. */
export function DoubtsCard() {
  const { t } = useTranslation('officer');
  const { doubts } = useLiveNews();
  const mayOpen = useMay('tracer', 'head', 'admin');
  const venues = useVenues(doubts.map(({ venue }) => venue));
  return (
    <section className="card stack" aria-labelledby="doubts">
      <div className="row spread">
        <h2 id="doubts">{t('doubts.title')}</h2>
        {mayOpen && (
          <a className="small" href="#/doubts">
            {t('doubts.all')}
          </a>
        )}
      </div>
      {doubts.length === 0 && <p className="soft">{t('doubts.noneNow')}</p>}
      <ul className="events" aria-live="polite">
        {doubts.map(({ doubt, kind, person, venue, at }) => (
          <EventRow
            key={doubt}
            what={t(`doubts.kind.${doubtKind(kind)}`)}
            where={venues?.get(venue)?.name ?? venue}
            at={at}
            person={person}
          />
        ))}
      </ul>
    </section>
  );
}
