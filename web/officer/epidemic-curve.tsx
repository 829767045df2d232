import { useTranslation } from 'react-i18next';
import type { CaseShown } from '../../src/events.js';
import { dayOf, showDay } from '../shared/days.js';
import { levelName } from './levels.js';
import { useNarrow } from './narrow.js';

const dayMs = 86_400_000;

/** Days that are drawn (assumption: as long as stays are kept). */
const daysShown = 21;

/** The sizes of the drawing, and how wide a day is on a desk and on a phone. */
const [height, base] = [110, 92];
const [deskStep, phoneStep] = [24, 15];

/** Cases by the day they were confirmed, with the contacts they had; drawn, and as a table. */
export function EpidemicCurve({ cases }: { cases: CaseShown[] }) {
  const { t } = useTranslation('officer');
  const step = useNarrow() ? phoneStep : deskStep;
  const today = Date.now();
  const days = Array.from({ length: daysShown }, (_, at) => dayOf(today - (daysShown - 1 - at) * dayMs));
  const rows = days.map((day) => {
    const of = cases.filter(
      ({ confirmedAt, state }) => state !== 'retracted' && dayOf(Date.parse(confirmedAt)) === day,
    );
    const level = (wanted: string) => of.reduce((sum, { counts }) => sum + (counts[wanted] ?? 0), 0);
    return { day, cases: of.length, first: level('1'), second: level('2') };
  });
  const most = Math.max(1, ...rows.map((row) => row.cases));
  const total = rows.reduce((sum, row) => sum + row.cases, 0);
  return (
    <section className="card stack" aria-labelledby="curve">
      <h2 id="curve">{t('curve.title')}</h2>
      <svg
        className="curve"
        viewBox={`0 0 ${daysShown * step} ${height}`}
        role="img"
        aria-label={t('curve.label', { count: total, from: showDay(days[0]!), to: showDay(days.at(-1)!) })}
      >
        <line x1="0" x2={daysShown * step} y1={base + 0.5} y2={base + 0.5} />
        {rows.map((row, at) => {
          const tall = (row.cases / most) * (base - 16);
          return (
            <g key={row.day}>
              {row.cases > 0 && (
                <rect x={at * step + step / 6} y={base - tall} width={step / 1.5} height={tall} rx="4" />
              )}
              {row.cases > 0 && (
                <text x={at * step + step / 2} y={base - tall - 4}>
                  {row.cases}
                </text>
              )}
              {at % 5 === 0 && (
                <text className="axis" x={at * step + step / 2} y={height - 4}>
                  {showDay(row.day).slice(0, 5)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <details>
        <summary>{t('timeline.table')}</summary>
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{t('curve.day')}</th>
              <th scope="col">{t('board.cases')}</th>
              <th scope="col">{levelName(1)}</th>
              <th scope="col">{levelName(2)}</th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter((row) => row.cases > 0)
              .map((row) => (
                <tr key={row.day}>
                  <th scope="row" className="number">
                    {showDay(row.day)}
                  </th>
                  <td className="number">{row.cases}</td>
                  <td className="number">{row.first}</td>
                  <td className="number">{row.second}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
