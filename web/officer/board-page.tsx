import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseShown } from '../../src/events.js';
import { showInstant } from '../shared/i18n.js';
import { useMay, useVenues } from './desk.js';
import { DoubtsCard } from './doubts-card.js';
import { EpidemicCurve } from './epidemic-curve.js';
import { EventRow } from './event-row.js';
import { LevelChips } from './levels.js';
import { useLiveNews } from './live.js';
import { RiskCard } from './risk-card.js';

/** Cases that the board lists; more are found by their people (assumption). */
const mostCases = 200;

/** What is going on now: cases, contacts by level, red cards at gates, places where cases crossed. */
export function BoardPage() {
  const { t } = useTranslation('officer');
  const { board, cases } = useLiveNews();
  const mayCall = useMay('tracer', 'head');
  const [isTracingOnly, setTracingOnly] = useState(false);
  if (!board) return <p role="status">{t('board.loading')}</p>;
  const all = [...cases.values()].sort((a, b) => (a.confirmedAt < b.confirmedAt ? 1 : -1));
  const shown = isTracingOnly ? all.filter(({ state }) => state === 'tracing') : all;
  return (
    <>
      <h1>{t('board.title')}</h1>
      <ul className="figures">
        <Figure name={t('board.open')} value={board.open} isOn={!isTracingOnly} press={() => setTracingOnly(false)} />
        <Figure
          name={t('board.tracing')}
          value={board.tracing}
          isOn={isTracingOnly}
          press={() => setTracingOnly(true)}
        />
        {Object.entries(board.counts).map(([level, count]) => (
          <Figure key={level} name={t('board.level', { level })} value={count} />
        ))}
        <Figure name={t('board.toCall')} value={board.toCall} href={mayCall ? '#/calls' : undefined} />
      </ul>
      <div className="board-grid">
        <div className="stack">
          <section className="card stack" aria-labelledby="cases">
            <h2 id="cases">{t('board.cases')}</h2>
            <CaseList cases={shown.slice(0, mostCases)} />
          </section>
          <EpidemicCurve cases={all} />
        </div>
        <div className="stack">
          <RedCards />
          <DoubtsCard />
          <RiskCard />
          <Crossings places={board.places} />
        </div>
      </div>
    </>
  );
}

interface FigureProps {
  name: string;
  value: number;
  isOn?: boolean;
  press?: () => void;
  href?: string | undefined;
}

/** A number that ticks; pressed, it filters, or opens what it counts. */
function Figure({ name, value, isOn, press, href }: FigureProps) {
  const { i18n: text } = useTranslation();
  const inside = (
    <>
      <b className="number">{value.toLocaleString(text.language)}</b>
      <span>{name}</span>
    </>
  );
  return (
    <li className="figure">
      {press && (
        <button aria-pressed={isOn} onClick={press}>
          {inside}
        </button>
      )}
      {href && <a href={href}>{inside}</a>}
      {!press && !href && inside}
    </li>
  );
}

function CaseList({ cases }: { cases: CaseShown[] }) {
  const { t } = useTranslation('officer');
  const mayOpen = useMay('tracer', 'head');
  if (cases.length === 0) return <p className="soft">{t('board.noCases')}</p>;
  return (
    <div className="scroll" tabIndex={0} role="group" aria-labelledby="cases">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">{t('case.number')}</th>
            <th scope="col">{t('case.confirmedAt')}</th>
            <th scope="col">{t('case.state')}</th>
            <th scope="col">{t('case.contacts')}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map(({ id, confirmedAt, state, progress, counts }) => (
            <tr key={id} className={state}>
              <th scope="row" className="number">
                {mayOpen ? <a href={`#/case/${id}`}>{shortId(id)}</a> : shortId(id)}
              </th>
              <td className="number">{showInstant(confirmedAt)}</td>
              <td>
                {t(`state.${state}`)}
                {state === 'tracing' && (
                  <progress value={progress} max={1} aria-label={t('case.progress', { id: shortId(id) })} />
                )}
              </td>
              <td>
                <LevelChips counts={counts} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The end of an id, which people can say to each other. */
export const shortId = (id: string): string => id.slice(-6).toUpperCase();

/** Red cards as they are shown at doors; who it is stands behind one more press, which is recorded. */
function RedCards() {
  const { t } = useTranslation('officer');
  const { redCards } = useLiveNews();
  const venues = useVenues(redCards.map(({ venue }) => venue));
  return (
    <section className="card stack" aria-labelledby="red-cards">
      <h2 id="red-cards">{t('board.redCards')}</h2>
      {redCards.length === 0 && <p className="soft">{t('board.noRedCards')}</p>}
      <ul className="events" aria-live="polite">
        {redCards.map(({ person, venue, gate, at }) => (
          <EventRow
            key={`${person}${gate}${at}`}
            dot="red"
            what={venues?.get(venue)?.name ?? venue}
            at={at}
            person={person}
          />
        ))}
      </ul>
    </section>
  );
}

function Crossings({ places }: { places: { venue: string; cases: number }[] }) {
  const { t } = useTranslation('officer');
  const venues = useVenues(places.map(({ venue }) => venue));
  return (
    <section className="card stack" aria-labelledby="crossings">
      <h2 id="crossings">{t('board.crossings')}</h2>
      <p className="soft small">{t('board.crossingsWhy')}</p>
      {places.length === 0 && <p className="soft">{t('board.noCrossings')}</p>}
      <ul className="events">
        {places.map(({ venue, cases }) => (
          <li key={venue}>
            <span className="grow">{venues?.get(venue)?.name ?? venue}</span>
            <b className="number">{t('board.casesAt', { count: cases })}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
