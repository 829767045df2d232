import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { useAsk } from './desk.js';
import { useLiveNews } from './live.js';

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

/** Areas whose risk level was found anew while the board is open: what holds, and what was told ahead. */
export function RiskCard() {
  const { t } = useTranslation('officer');
  const { risks } = useLiveNews();
  const all = [...risks.values()].reverse();
  const units = useUnits(all.map(({ unit }) => unit));
  return (
    <section className="card stack" aria-labelledby="risks">
      <h2 id="risks">{t('risk.title')}</h2>
      {all.length === 0 && <p className="soft">{t('risk.none')}</p>}
      <ul className="events" aria-live="polite">
        {all.map(({ unit, level, ahead, at }) => (
          <li key={unit}>
            <span className="grow">
              <b>{units.get(unit)?.name ?? unit}</b>
              {ahead.map(({ level: next, from }) => (
                <span key={from} className="soft small number line">
                  {t('risk.ahead', { level: next, at: showInstant(from) })}
                </span>
              ))}
              <span className="soft small number line">{t('risk.found', { at: showInstant(at) })}</span>
            </span>
            <RiskWord level={level} />
          </li>
        ))}
      </ul>
    </section>
  );
}

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
