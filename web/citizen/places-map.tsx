import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyMap } from '../shared/lazy-map.js';
import type { MapPlace } from '../shared/map-style.js';
import { visitsOf } from '../shared/visits.js';
import type { Stay } from './places-page.js';

interface Props {
  places: MapPlace[];
  chosen: string | undefined;
  choose: (venue: string) => void;
}

/** One's own places where one looks for them on a map; it is large, so it is loaded by those who open it. */
export function PlacesMap({ places, chosen, choose }: Props) {
  const { t } = useTranslation('citizen');
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="card places-map" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('places.map', { count: places.length })}</summary>
      {isOpen && <LazyMap places={places} areas={[]} chosen={chosen} choose={choose} />}
    </details>
  );
}

/** The places of stays of which it is known where they are, numbered by when one came first; larger, the longer. */
export function placesOf(stays: readonly Stay[]): MapPlace[] {
  const points = new Map(stays.map(({ venue }) => [venue.id, venue.point]));
  const visited = visitsOf(stays, null).filter(({ venue }) => points.get(venue));
  const most = Math.max(1, ...visited.map(({ minutes }) => minutes));
  return visited.map(({ venue, name, minutes }, at) => ({
    id: venue,
    name,
    number: at + 1,
    weight: minutes / most,
    ...points.get(venue)!,
  }));
}
