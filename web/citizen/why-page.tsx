import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToldReason } from '../../src/domain/colour/told.js';
import type { Colour } from '../../src/domain/admission.js';
import { isAssumed, sourceIn, type Source } from '../../src/domain/policy/source.js';
import { dayOf, showDay } from '../shared/days.js';
import { showInstant } from '../shared/i18n.js';
import { Shape } from '../shared/mark.js';
import { Wrong } from '../shared/page.js';
import { usePlace } from '../shared/place.js';
import { AppealSheet } from './appeal-sheet.js';
import { Appeals } from './appeals.js';
import { readKept } from './kept.js';
import { useAsk, useStatusShown, whyThere } from './own.js';

/** Why the colour is what it is, what is next and when, whom to call, and how to say that it is wrong. */
export function WhyPage({ isLive }: { isLive: boolean }) {
  const { t, i18n } = useTranslation(['citizen', 'shared']);
  const { place } = readKept();
  const isThere = usePlace() === whyThere.slice(1) && place !== undefined;
  const status = useStatusShown(isLive, isThere ? place : undefined);
  const [isAppealing, setAppealing] = useState(false);
  const now = status.data;
  const where = place && <Where name={place.name} isThere={isThere} />;
  if (!now) {
    return (
      <>
        {where}
        {status.error ? <Wrong error={status.error} /> : <p role="status">{t('card.loading')}</p>}
      </>
    );
  }
  return (
    <>
      {where}
      <header className={`why-head ${now.colour}`}>
        <Shape tone={now.colour} className="shape" />
        <h1>{t(`shared:colour.${now.colour}`)}</h1>
      </header>
      <p className="lead">{now.text[i18n.language] ?? now.text['vi'] ?? ''}</p>
      <section className="card stack">
        <h2>{t('why.reasons')}</h2>
        {now.reasons.length === 0 ? (
          <p>{t('why.noReasons')}</p>
        ) : (
          <ul className="lines">
            {now.reasons.map((reason) => (
              <li key={JSON.stringify(reason)}>
                <Reason reason={reason} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="card stack">
        <h2>{t('why.next')}</h2>
        <p>{now.nextChangeAt ? t('why.nextAt', { time: showInstant(now.nextChangeAt) }) : t('why.nextNone')}</p>
        {now.document && <RuleSource document={now.document} />}
        <p>
          {t('why.call')} <a href="tel:19009095">1900 9095</a>
        </p>
        <button className="button" onClick={() => setAppealing(true)}>
          {t('appeal.open')}
        </button>
      </section>
      <Appeals />
      <History />
      {isAppealing && <AppealSheet about="colour" close={() => setAppealing(false)} />}
    </>
  );
}

/** Of which of two places the reason is told. */
function Where({ name, isThere }: { name: string; isThere: boolean }) {
  const { t } = useTranslation('citizen');
  return (
    <p className="row members">
      <a className="button small" href="#/why" aria-current={!isThere}>
        {t('card.here')}
      </a>
      <a className="button small" href={whyThere} aria-current={isThere}>
        {t('card.there', { name })}
      </a>
    </p>
  );
}

/** One reason in plain words: what and when, never who. */
function Reason({ reason }: { reason: ToldReason }) {
  const { t } = useTranslation('citizen');
  const { kind, at, until, level = 1, minutes, setting, test = '', result = '', number, reason: words } = reason;
  const day = showDay(dayOf(Date.parse(at)));
  const where = t(`setting.${setting ?? 'unknown'}`);
  switch (kind) {
    case 'exposure':
      return <>{t(level === 1 ? 'reason.exposure' : 'reason.further', { day, where, minutes, before: level - 1 })}</>;
    case 'test':
      return <>{t(result === 'positive' ? 'reason.positive' : 'reason.negative', { day, test: test.toUpperCase() })}</>;
    case 'override':
      return <>{t('reason.override', { day, until: showDay(dayOf(Date.parse(until ?? at))), words })}</>;
    case 'dose':
      return <>{t('reason.dose', { day, number })}</>;
    case 'case':
    case 'recovery':
    case 'quarantine':
    case 'isolation':
    case 'declaration': {
      const what = t(`kind.${kind}`);
      if (!until) return <>{t('reason.since', { what, day })}</>;
      return <>{t('reason.span', { what, day, until: showDay(dayOf(Date.parse(until))) })}</>;
    }
  }
}

interface Past {
  at: string;
  colour: Colour;
  text: Record<string, string>;
}

/** How often is looked again: news is told while it is still being written into the history (assumption). */
const againMs = 10_000;

/** The colours one had. */
function History() {
  const { t, i18n } = useTranslation(['citizen', 'shared']);
  const askAs = useAsk();
  const past = useQuery({
    queryKey: ['history'],
    queryFn: async () => (await askAs<{ items: Past[] }>('GET /me/history')).items,
    refetchInterval: againMs,
  });
  return (
    <section className="card stack">
      <h2>{t('why.history')}</h2>
      <Wrong error={past.error} />
      {past.data?.length === 0 && <p className="soft">{t('why.noHistory')}</p>}
      <ul className="lines">
        {past.data?.map(({ at, colour, text }) => (
          <li key={at} className="entry">
            <span className={`tone ${colour}`}>
              <Shape tone={colour} className="shape" />
            </span>
            <span>
              <strong>{t(`shared:colour.${colour}`)}</strong>
              <span className="number soft small"> {showInstant(at)}</span>
              <br />
              <span className="small">{text[i18n.language] ?? text['vi']}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The document behind a rule; that there is none is told in words, not as the officers keep it. */
function RuleSource({ document }: { document: Source }) {
  const { t, i18n } = useTranslation('citizen');
  if (isAssumed(document)) return <p className="soft">{t('why.noDocument')}</p>;
  return (
    <p className="soft">
      {t('why.document')} <q>{sourceIn(document, i18n.language)}</q>
    </p>
  );
}
