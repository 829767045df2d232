import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbout } from '../shared/about.js';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { AppealSheet } from './appeal-sheet.js';
import { ByHandSheet } from './by-hand-sheet.js';
import { CheckInSheet } from './check-in-sheet.js';
import { useAsk, useChange } from './own.js';
import { placesOf, PlacesMap } from './places-map.js';

/** A stay as the API shows it. */
export interface Stay {
  id: string;
  venue: { id: string; name: string; code: string | null; point: { lat: number; lon: number } | null };
  in: string;
  out: string;
  assumed: boolean;
  open: boolean;
  trust: number;
  kept: boolean;
}

/** Stays that are asked for at once (assumption: more than three weeks have). */
const most = 500;

/** Where one was, as far as the system knows; check in and out; a visit that nobody scanned. */
export function PlacesPage() {
  const { t } = useTranslation('citizen');
  const askAs = useAsk();
  const [sheet, setSheet] = useState<'check-in' | 'by-hand'>();
  const [wrong, setWrong] = useState<Stay>();
  const [chosen, setChosen] = useState<string>();
  const stays = useQuery({
    queryKey: ['stays'],
    queryFn: async () => (await askAs<{ items: Stay[] }>(`GET /me/stays?limit=${most}`)).items.reverse(),
    refetchInterval: 10_000,
  });
  const about = useAbout();
  const places = useMemo(() => placesOf(stays.data ?? []), [stays.data]);
  const choose = useCallback((venue: string) => {
    setChosen(venue);
    document.querySelector(`.stays [data-venue="${CSS.escape(venue)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <>
      <h1>{t('places.title')}</h1>
      <div className="row">
        <button className="button main" onClick={() => setSheet('check-in')}>
          {t('places.checkIn')}
        </button>
        <button className="button" onClick={() => setSheet('by-hand')}>
          {t('places.byHand')}
        </button>
      </div>
      <Wrong error={stays.error} />
      {stays.isPending && <p role="status">{t('card.loading')}</p>}
      {stays.data?.length === 0 && <p className="card soft">{t('places.none')}</p>}
      {places.length > 0 && <PlacesMap places={places} chosen={chosen} choose={choose} />}
      <ul className="stays stack">
        {stays.data?.map((stay) => (
          <StayLine key={stay.id} stay={stay} isChosen={stay.venue.id === chosen} wrong={() => setWrong(stay)} />
        ))}
      </ul>
      {about && <p className="soft small">{t('places.kept', { days: about.retentionDays })}</p>}
      {sheet === 'check-in' && <CheckInSheet close={() => setSheet(undefined)} />}
      {sheet === 'by-hand' && <ByHandSheet close={() => setSheet(undefined)} />}
      {wrong && (
        <AppealSheet
          about="place"
          record={{ id: wrong.id, words: `${wrong.venue.name}, ${showInstant(wrong.in)}` }}
          close={() => setWrong(undefined)}
        />
      )}
    </>
  );
}

function StayLine({ stay, isChosen, wrong }: { stay: Stay; isChosen: boolean; wrong: () => void }) {
  const { t } = useTranslation('citizen');
  const { venue, open } = stay;
  const isHere = open && Date.parse(stay.out) > Date.now();
  const leave = useChange<{ venueCode: string; direction: 'out' }>(() => 'POST /me/stays', ['stays']);
  return (
    <li className={`card stack tight ${isChosen ? 'chosen' : ''}`} data-venue={venue.id}>
      <h2>{venue.name}</h2>
      <p className="number">
        {showInstant(stay.in)} – {isHere ? t('places.now') : showInstant(stay.out)}
      </p>
      <p className="row">
        {isHere && <span className="chip here">{t('places.here')}</span>}
        {!isHere && stay.assumed && <span className="chip">{t('places.assumed')}</span>}
        {stay.kept && <span className="chip">{t('places.hand')}</span>}
      </p>
      <p className="row">
        {isHere && venue.code && (
          <button
            className="button small"
            disabled={leave.isPending || leave.isSuccess}
            onClick={() => leave.mutate({ venueCode: venue.code!, direction: 'out' })}
          >
            {t(leave.isSuccess ? 'places.left' : 'places.leave')}
          </button>
        )}
        <button className="button quiet small" onClick={wrong}>
          {t('appeal.open')}
        </button>
      </p>
      <Wrong error={leave.error} />
    </li>
  );
}
