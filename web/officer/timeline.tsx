import { useTranslation } from 'react-i18next';
import { dayOf, daysBetween, showDay, spanOf } from '../shared/days.js';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { useStays, type CaseRecord, type Stay } from './case.js';
import { useNarrow } from './narrow.js';

const dayMs = 86_400_000;

/** Days that are drawn: longer windows are cut at their end (assumption). */
const mostDays = 24;

/** The sizes of the drawing: a day is a row, and an hour is so wide on a desk and on a phone. */
const [left, rowHeight, top] = [92, 26, 22];
const [deskHour, phoneHour] = [30, 9];

/** The days that matter of a case, and where its person was in them. */
export function useCaseStays(record: CaseRecord) {
  const days = daysOf(record);
  return { days, stays: useStays(record.id, record.person, spanOf(days[0]!, days.at(-1)!)) };
}

/** Where the person of a case was, day under day, with the hours in which the disease may have been passed on. */
export function Timeline({ record }: { record: CaseRecord }) {
  const { t } = useTranslation('officer');
  const { days, stays } = useCaseStays(record);
  return (
    <section className="card stack" aria-labelledby="timeline">
      <div className="row spread">
        <h2 id="timeline">{t('timeline.title')}</h2>
        <p className="soft small">
          <span className="key window" /> {t('timeline.window')} <span className="key stay" /> {t('timeline.stay')}
        </p>
      </div>
      <Wrong error={stays.error} />
      {stays.data?.length === 0 && <p className="soft">{t('timeline.none')}</p>}
      <div className="scroll chart-scroll" tabIndex={0} role="group" aria-labelledby="timeline">
        <Drawing days={days} stays={stays.data ?? []} window={record.infectious} />
      </div>
      <details>
        <summary>{t('timeline.table')}</summary>
        <StayTable stays={stays.data ?? []} />
      </details>
    </section>
  );
}

/** The days of the infectious window, from one before it; where there is none, those about the anchor. */
function daysOf({ infectious, onset, sampledAt }: CaseRecord): string[] {
  const anchor = Date.parse((onset ?? sampledAt)!);
  const from = infectious ? Date.parse(infectious.from) - dayMs : anchor - 3 * dayMs;
  const to = Math.min(infectious ? Date.parse(infectious.to) : anchor + dayMs, Date.now());
  const count = Math.min(mostDays, Math.max(3, daysBetween(dayOf(from), dayOf(to))));
  return Array.from({ length: count }, (_, at) => dayOf(from + at * dayMs));
}

interface Span {
  from: string;
  to: string;
}

interface DrawingProps {
  days: string[];
  stays: Stay[];
  window: Span | null;
}

function Drawing({ days, stays, window }: DrawingProps) {
  const { t } = useTranslation('officer');
  const hourWidth = useNarrow() ? phoneHour : deskHour;
  const [width, height] = [left + 24 * hourWidth + 8, top + days.length * rowHeight + 4];
  return (
    <svg
      className="timeline"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('timeline.chart', { count: stays.length, from: showDay(days[0]!), to: showDay(days.at(-1)!) })}
    >
      {[0, 6, 12, 18, 24].map((hour) => (
        <g key={hour} className="axis">
          <line x1={left + hour * hourWidth} x2={left + hour * hourWidth} y1={top - 4} y2={height} />
          <text x={left + hour * hourWidth} y={14} textAnchor={hour === 24 ? 'end' : 'middle'}>
            {hour}h
          </text>
        </g>
      ))}
      {days.map((day, at) => {
        const y = top + at * rowHeight;
        const shade = window && partOf(day, window, hourWidth);
        return (
          <g key={day}>
            <text className="day" x={0} y={y + 18}>
              {showDay(day)}
            </text>
            {shade && <rect className="window" x={shade.x} y={y} width={shade.width} height={rowHeight} />}
            {stays.map((stay) => {
              const part = partOf(day, { from: stay.in, to: stay.out }, hourWidth);
              return part && <StayBar key={stay.id} stay={stay} part={part} y={y} />;
            })}
          </g>
        );
      })}
    </svg>
  );
}

function StayBar({ stay, part, y }: { stay: Stay; part: { x: number; width: number }; y: number }) {
  const barWidth = Math.max(3, part.width);
  return (
    <g className={`stay${stay.assumed ? ' assumed' : ''}`}>
      <title>{`${stay.venue.name}: ${showInstant(stay.in)} – ${showInstant(stay.out)}`}</title>
      <rect x={part.x} y={y + 4} width={barWidth} height={rowHeight - 8} rx={4} />
      {barWidth > 60 && (
        <text x={part.x + 6} y={y + 17.5}>
          {stay.venue.name.slice(0, Math.floor((barWidth - 10) / 6.2))}
        </text>
      )}
    </g>
  );
}

/** What of a span falls on a day, in the drawing's own units. */
function partOf(day: string, { from, to }: Span, hourWidth: number): { x: number; width: number } | undefined {
  const startMs = Date.parse(spanOf(day).from);
  const [fromMs, toMs] = [Math.max(Date.parse(from), startMs), Math.min(Date.parse(to), startMs + dayMs)];
  if (fromMs >= toMs) return undefined;
  const scale = (24 * hourWidth) / dayMs;
  return { x: left + (fromMs - startMs) * scale, width: (toMs - fromMs) * scale };
}

function StayTable({ stays }: { stays: Stay[] }) {
  const { t } = useTranslation('officer');
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col">{t('timeline.place')}</th>
          <th scope="col">{t('timeline.in')}</th>
          <th scope="col">{t('timeline.out')}</th>
        </tr>
      </thead>
      <tbody>
        {stays.map((stay) => (
          <tr key={stay.id}>
            <th scope="row">{[stay.venue.name, stay.zone].filter(Boolean).join(', ')}</th>
            <td className="number">{showInstant(stay.in)}</td>
            <td className="number">
              {showInstant(stay.out)} {stay.assumed && t('timeline.assumed')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
