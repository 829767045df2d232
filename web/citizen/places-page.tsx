import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { LazyMap } from '../shared/lazy-map.js';
import type { MapPlace, Point } from '../shared/map-style.js';
import { Wrong } from '../shared/page.js';
import { AppealSheet } from './appeal-sheet.js';
import { ByHandSheet } from './by-hand-sheet.js';
import { CheckInSheet } from './check-in-sheet.js';
import { useAsk, useChange } from './own.js';

/** A stay as the API shows it. */
interface Stay {
  id: string;
  venue: { id: string; name: string; code: string | null; point: Point | null };
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
  const [isMap, setMap] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const stays = useQuery({
    queryKey: ['stays'],
    queryFn: async () => (await askAs<{ items: Stay[] }>(`GET /me/stays?limit=${most}`)).items.reverse(),
    refetchInterval: 10_000,
  });
  const about = useQuery({
    queryKey: ['about'],
    queryFn: () => askAs<{ retentionDays: number }>('GET /about'),
    staleTime: Infinity,
  });
  const places = useMemo(() => placesOf(stays.data ?? []), [stays.data]);
  const choose = useCallback((venue: string) => {
    setChosen(venue);
    document.querySelector(`[data-venue="${CSS.escape(venue)}"]`)?.scrollIntoView({ block: 'center' });
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
        {places.length > 0 && (
          <button className="button" aria-pressed={isMap} onClick={() => setMap(!isMap)}>
            {t('places.map')}
          </button>
        )}
      </div>
      {isMap && places.length > 0 && <LazyMap places={places} areas={noAreas} chosen={chosen} choose={choose} />}
      <Wrong error={stays.error} />
      {stays.isPending && <p role="status">{t('card.loading')}</p>}
      {stays.data?.length === 0 && <p className="card soft">{t('places.none')}</p>}
      <ul className="stays stack">
        {stays.data?.map((stay) => (
          <StayLine key={stay.id} stay={stay} number={numberOf(places, stay, isMap)} wrong={() => setWrong(stay)} />
        ))}
      </ul>
      {about.data && <p className="soft small">{t('places.kept', { days: about.data.retentionDays })}</p>}
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

const noAreas: [] = [];

/** The places of stays that are on the map, by when one was there last. */
function placesOf(stays: Stay[]): MapPlace[] {
  const found = new Map<string, MapPlace>();
  for (const { venue } of stays) {
    if (!venue.point || found.has(venue.id)) continue;
    found.set(venue.id, { id: venue.id, name: venue.name, number: found.size + 1, weight: 0, ...venue.point });
  }
  return [...found.values()];
}

/** The number of a stay's place on the map, while that is open. */
const numberOf = (places: MapPlace[], { venue }: Stay, isMap: boolean): number | undefined =>
  isMap ? places.find(({ id }) => id === venue.id)?.number : undefined;

interface LineProps {
  stay: Stay;
  number: number | undefined;
  wrong: () => void;
}

function StayLine({ stay, number, wrong }: LineProps) {
  const { t } = useTranslation('citizen');
  const { venue, open } = stay;
  const isHere = open && Date.parse(stay.out) > Date.now();
  const leave = useChange<{ venueCode: string; direction: 'out' }>(() => 'POST /me/stays', ['stays']);
  return (
    <li className="card stack tight" data-venue={venue.id}>
      <h2>
        {number !== undefined && `${number}. `}
        {venue.name}
      </h2>
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
