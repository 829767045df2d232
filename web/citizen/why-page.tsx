import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToldReason } from '../../src/domain/colour/told.js';
import type { Colour } from '../../src/domain/admission.js';
import { dayOf, showDay } from '../shared/days.js';
import { showInstant } from '../shared/i18n.js';
import { Shape } from '../shared/mark.js';
import { Wrong } from '../shared/page.js';
import { AppealSheet } from './appeal-sheet.js';
import { Appeals } from './appeals.js';
import { useAsk, useStatus } from './own.js';

/** Why the colour is what it is, what is next and when, whom to call, and how to say that it is wrong. */
export function WhyPage({ isLive }: { isLive: boolean }) {
  const { t, i18n } = useTranslation(['citizen', 'shared']);
  const status = useStatus(isLive);
  const [isAppealing, setAppealing] = useState(false);
  const now = status.data;
  if (!now) return <>{status.error ? <Wrong error={status.error} /> : <p role="status">{t('card.loading')}</p>}</>;
  return (
    <>
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
        {now.document && (
          <p className="soft">
            {t('why.document')} <q>{now.document}</q>
          </p>
        )}
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

/** The colours one had. */
function History() {
  const { t, i18n } = useTranslation(['citizen', 'shared']);
  const askAs = useAsk();
  const past = useQuery({
    queryKey: ['history'],
    queryFn: async () => (await askAs<{ items: Past[] }>('GET /me/history')).items,
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
