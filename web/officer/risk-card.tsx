import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { LazyMap } from '../shared/lazy-map.js';
import type { MapArea, MapPlace, Point } from '../shared/map-style.js';
import { useAsk } from './desk.js';

/** A unit as the API describes it, with what it lies in. */
export interface Unit {
  code: string;
  name: string | null;
  within: string[];
}

/** Units by their codes; their names change by law, so that they are asked for once. */
export function useUnits(codes: string[]): Map<string, Unit> {
  const askAs = useAsk();
  const found = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['unit', code],
      queryFn: () => askAs<Unit>(`GET /units/${encodeURIComponent(code)}`),
      staleTime: Infinity,
    })),
  });
  return new Map(found.flatMap(({ data }) => (data ? [[data.code, data]] : [])));
}

/** A unit for which a level was found, and the corners of a shape around its places. */
interface RiskArea {
  unit: string;
  level: number | null;
  since: string | null;
  ahead: { level: number; from: string }[];
  outline: Point[];
}

/** The areas of one's own and how risky they are, the worst first; live: a level that is found anew is told. */
export function RiskCard() {
  const { t } = useTranslation('officer');
  const [chosen, setChosen] = useState<string>();
  const areas = useRiskAreas();
  const units = useUnits(areas?.map(({ unit }) => unit) ?? []);
  const drawn = useMemo(() => (areas ?? []).map(toArea), [areas]);
  const names = JSON.stringify((areas ?? []).map(({ unit }) => units.get(unit)?.name ?? unit));
  const pins = useMemo(() => pinsOf(areas ?? [], JSON.parse(names) as string[]), [areas, names]);
  const choose = useCallback((id: string) => setChosen((before) => (before === id ? undefined : id)), []);
  return (
    <section className="card stack" aria-labelledby="risks">
      <h2 id="risks">{t('risk.title')}</h2>
      {areas?.length === 0 && <p className="soft">{t('risk.none')}</p>}
      {pins.length > 0 && <LazyMap places={pins} areas={drawn} chosen={chosen} choose={choose} />}
      <ul className="events" aria-live="polite">
        {areas?.map((area, at) => (
          <RiskRow key={area.unit} area={area} isChosen={area.unit === chosen}>
            {at + 1}. {units.get(area.unit)?.name ?? area.unit}
          </RiskRow>
        ))}
      </ul>
      {pins.length > 0 && <p className="hint">{t('map.areas')}</p>}
    </section>
  );
}

interface RowProps {
  area: RiskArea;
  isChosen: boolean;
  children: React.ReactNode;
}

function RiskRow({ area: { level, since, ahead }, isChosen, children }: RowProps) {
  const { t } = useTranslation('officer');
  return (
    <li aria-current={isChosen || undefined}>
      <span className="grow">
        <b>{children}</b>
        {ahead.map(({ level: next, from }) => (
          <span key={from} className="soft small number line">
            {t('risk.ahead', { level: next, at: showInstant(from) })}
          </span>
        ))}
        {since && <span className="soft small number line">{t('risk.since', { at: showInstant(since) })}</span>}
      </span>
      <RiskWord level={level} />
    </li>
  );
}

function useRiskAreas(): RiskArea[] | undefined {
  const askAs = useAsk();
  const found = useQuery({
    queryKey: ['risks'],
    queryFn: async () => (await askAs<{ items: RiskArea[] }>('GET /risks')).items.sort(worstFirst),
  });
  return found.data;
}

const worstFirst = (a: RiskArea, b: RiskArea): number =>
  (b.level ?? 0) - (a.level ?? 0) || a.unit.localeCompare(b.unit);

const tones = ['--line-strong', '--leaf', '--notice', '--alarm', '--red'];

/** The name of the colour in which a level is drawn. */
export const toneOf = (level: number | null): string => tones[level ?? 0] ?? tones[0]!;

const toArea = ({ unit, level, outline }: RiskArea): MapArea => ({ id: unit, tone: toneOf(level), points: outline });

/** In the middle of each area the number it has in the list. */
const pinsOf = (areas: readonly RiskArea[], names: readonly string[]): MapPlace[] =>
  areas.flatMap(({ unit, outline }, at) => {
    if (outline.length === 0) return [];
    const middle = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    const [lat, lon] = [middle(outline.map((one) => one.lat)), middle(outline.map((one) => one.lon))];
    return [{ id: unit, name: names[at]!, number: at + 1, weight: 0, lat, lon }];
  });

/** A level in words beside as many marks: a colour is never alone. */
export function RiskWord({ level }: { level: number | null }) {
  const { t } = useTranslation('officer');
  const known = [1, 2, 3, 4].includes(level ?? 0) ? (level as 1 | 2 | 3 | 4) : undefined;
  return (
    <span className={`risk r${known ?? 0}`}>
      <span aria-hidden="true">{'▮'.repeat(known ?? 0)}</span> {t(`risk.level.${known ?? 'none'}`)}
    </span>
  );
}
