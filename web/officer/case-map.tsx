import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { LazyMap } from '../shared/lazy-map.js';
import type { MapArea, MapPlace } from '../shared/map-style.js';
import type { CaseRecord } from './case.js';
import { visitsOf, type Visited } from '../shared/visits.js';
import { useAsk, useVenues, type Venue } from './desk.js';
import { RiskWord, toneOf, useUnits } from './risk-card.js';
import { useCaseStays } from './timeline.js';

/** Where the person of a case was while they may have passed it on: on a map, and as a list that says the same. */
export function CaseMap({ record }: { record: CaseRecord }) {
  const { t } = useTranslation('officer');
  const [chosen, setChosen] = useState<string>();
  const { data: stays } = useCaseStays(record).stays;
  const visited = useMemo(() => visitsOf(stays ?? [], record.infectious), [stays, record.infectious]);
  const venues = useVenues(useMemo(() => visited.map(({ venue }) => venue), [visited]));
  const levels = useRiskOf(venues);
  const places = useMemo(() => placesOf(visited, venues), [visited, venues]);
  const areas = useMemo(() => areasOf(venues, levels), [venues, levels]);
  const choose = useCallback((id: string) => setChosen((before) => (before === id ? undefined : id)), []);
  const units = useUnits([...levels.keys()]);
  if (visited.length === 0) return null;
  return (
    <section className="card stack case-map" aria-labelledby="places">
      <h2 id="places">{t('map.title')}</h2>
      <div className="with-panel">
        {places.length > 0 ? (
          <LazyMap places={places} areas={areas} chosen={chosen} choose={choose} />
        ) : (
          <p className="message">{t('map.noPoints')}</p>
        )}
        <div className="stack tight">
          <ol className="found" aria-label={t('map.list')}>
            {visited.map((one, at) => (
              <li key={one.venue}>
                <PlaceLine one={one} number={at + 1} isChosen={one.venue === chosen} press={() => choose(one.venue)}>
                  {venues?.get(one.venue)?.point === null && t('map.noPoint')}
                </PlaceLine>
              </li>
            ))}
          </ol>
          {[...levels].map(([unit, level]) => (
            <p key={unit} className="row spread small">
              {units.get(unit)?.name ?? unit} <RiskWord level={level} />
            </p>
          ))}
          {levels.size > 0 && <p className="hint">{t('map.areas')}</p>}
        </div>
      </div>
    </section>
  );
}

interface LineProps {
  one: Visited;
  number: number;
  isChosen: boolean;
  press: () => void;
  children: React.ReactNode;
}

function PlaceLine({ one: { name, minutes, spans }, number, isChosen, press, children }: LineProps) {
  const { t } = useTranslation('officer');
  return (
    <button aria-pressed={isChosen} onClick={press}>
      <span className="person-line">
        <b>
          {number}. {name}
        </b>
        <span className="soft small">
          {t('why.minutes', { count: minutes })}, {t('map.visits', { count: spans.length })} {children}
        </span>
        {isChosen &&
          spans.map(({ from, to }) => (
            <span key={from} className="small number">
              {showInstant(from)} – {showInstant(to)}
            </span>
          ))}
      </span>
    </button>
  );
}

/** The levels of the units in which the places are, by code. */
function useRiskOf(venues: ReadonlyMap<string, Venue> | undefined): Map<string, number | null> {
  const askAs = useAsk();
  const codes = [...new Set([...(venues?.values() ?? [])].flatMap(({ unit, point }) => (unit && point ? [unit] : [])))];
  return useQueries({
    queries: codes.map((code) => ({
      queryKey: ['risk', code],
      queryFn: () => askAs<{ unit: string; level: number | null }>(`GET /units/${encodeURIComponent(code)}/risk`),
      retry: false,
    })),
    combine: levelsOf,
  });
}

const levelsOf = (found: { data: { unit: string; level: number | null } | undefined }[]) =>
  new Map(found.flatMap(({ data }) => (data ? [[data.unit, data.level] as const] : [])));

function placesOf(visited: Visited[], venues: ReadonlyMap<string, Venue> | undefined): MapPlace[] {
  const most = Math.max(1, ...visited.map(({ minutes }) => minutes));
  return visited.flatMap(({ venue, name, minutes }, at) => {
    const point = venues?.get(venue)?.point;
    return point ? [{ id: venue, name, number: at + 1, weight: minutes / most, ...point }] : [];
  });
}

function areasOf(venues: ReadonlyMap<string, Venue> | undefined, levels: Map<string, number | null>): MapArea[] {
  const all = [...(venues?.values() ?? [])];
  return [...levels].map(([id, level]) => ({
    id,
    tone: toneOf(level),
    points: all.flatMap(({ unit, point }) => (unit === id && point ? [point] : [])),
  }));
}
