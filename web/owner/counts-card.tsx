import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { csvRow } from '../../src/domain/csv/write.js';
import { Wrong } from '../shared/page.js';
import { readCounts, useAsk, useCounts } from './api.js';
import { dayOf, daysBetween, hourOf, showDay, spanOf } from '../shared/days.js';
import { download } from '../shared/download.js';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const twoDigits = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Entries by hour of one day, drawn and as a table. */
export function CountsCard({ id }: { id: string }) {
  const { t } = useTranslation('owner');
  const [day, setDay] = useState(() => dayOf(Date.now()));
  const { data = [], error } = useCounts(id, spanOf(day));
  const byHour = hours.map((hour) => {
    const rows = data.filter((row) => hourOf(Date.parse(row.hour)) === hour);
    return { hour, entered: sum(rows.map(({ entered }) => entered)), left: sum(rows.map(({ left }) => left)) };
  });
  const total = sum(byHour.map(({ entered }) => entered));
  const left = sum(byHour.map((row) => row.left));
  return (
    <section className="card stack hours">
      <div className="row spread">
        <h2>{t('hours.title')}</h2>
        <label className="row small">
          {t('hours.day')}
          <input
            className="input date"
            type="date"
            max={dayOf(Date.now())}
            value={day}
            onChange={(event) => event.target.value && setDay(event.target.value)}
          />
        </label>
      </div>
      <Wrong error={error} />
      {total + left === 0 ? (
        <p className="soft empty">{t('hours.none')}</p>
      ) : (
        <>
          <Chart rows={byHour} day={day} total={total} />
          <p className="soft small">{t('hours.total', { total, left })}</p>
          <details>
            <summary>{t('hours.table')}</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('hours.hour')}</th>
                  <th scope="col">{t('hours.entered')}</th>
                  <th scope="col">{t('hours.left')}</th>
                </tr>
              </thead>
              <tbody>
                {byHour
                  .filter((row) => row.entered + row.left > 0)
                  .map((row) => (
                    <tr key={row.hour}>
                      <th scope="row">{twoDigits(row.hour)}</th>
                      <td className="number">{row.entered}</td>
                      <td className="number">{row.left}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </details>
        </>
      )}
      <Export id={id} />
    </section>
  );
}

function Chart({ rows, day, total }: { rows: { hour: number; entered: number }[]; day: string; total: number }) {
  const { t } = useTranslation('owner');
  const most = Math.max(1, ...rows.map(({ entered }) => entered));
  const peak = rows.find(({ entered }) => entered === most)?.hour ?? 0;
  return (
    <svg
      className="chart"
      viewBox="0 0 480 170"
      role="img"
      aria-label={t('hours.chart', { day: showDay(day), total, peak: twoDigits(peak) })}
    >
      <line x1="0" x2="480" y1="140.500" y2="140.500" />
      {rows.map(({ hour, entered }) => {
        const height = (entered / most) * 115;
        return (
          <g key={hour}>
            {entered > 0 && <rect x={hour * 20 + 3} y={140 - height} width="14" height={height} rx="4" />}
            {entered > 0 && (entered === most || hour % 3 === 0) && (
              <text x={hour * 20 + 10} y={134 - height}>
                {entered}
              </text>
            )}
            {hour % 3 === 0 && (
              <text className="axis" x={hour * 20 + 10} y="160">
                {hour}h
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** The longest span that is exported at once. */
const mostDays = 31;

function Export({ id }: { id: string }) {
  const { t } = useTranslation('owner');
  const askAs = useAsk();
  const today = dayOf(Date.now());
  const [from, setFrom] = useState(dayOf(Date.now() - 6 * 86_400_000));
  const [to, setTo] = useState(today);
  const [error, setError] = useState<Error | null>(null);
  const days = daysBetween(from, to);
  const fits = days >= 1 && days <= mostDays;
  const load = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const rows = await readCounts(askAs, id, spanOf(from, to));
      const header = (['hour', 'zone', 'entered', 'left'] as const).map((name) => t(`export.header.${name}`));
      const lines = rows.map(({ hour, zone, entered, left }) => csvRow([localHour(hour), zone, entered, left]));
      download(`vetxanh-${from}-${to}.csv`, new Blob(['\ufeff', csvRow(header), ...lines], { type: 'text/csv' }));
      setError(null);
    } catch (failed) {
      setError(failed as Error);
    }
  };
  return (
    <form className="export stack" onSubmit={(event) => void load(event)}>
      <h3>{t('export.title')}</h3>
      <p className="soft small">{t('export.text')}</p>
      <div className="row">
        <label className="row small">
          {t('export.from')}
          <input
            className="input date"
            type="date"
            required
            max={today}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label className="row small">
          {t('export.to')}
          <input
            className="input date"
            type="date"
            required
            max={today}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
        <button className="button small" disabled={!fits}>
          {t('export.load')}
        </button>
      </div>
      {!fits && <p className="message notice">{t('export.wrong')}</p>}
      <Wrong error={error} />
    </form>
  );
}

const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);
const localHour = (iso: string): string => `${dayOf(Date.parse(iso))} ${twoDigits(hourOf(Date.parse(iso)))}`;
