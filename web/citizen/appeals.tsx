import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppealOutcome, AppealSubject } from '../../src/domain/appeal.js';
import { dayOf, showDay } from '../shared/days.js';
import { showInstant } from '../shared/i18n.js';
import { useAsk } from './own.js';

/** An appeal as the API shows it; `replyBy` and `actBy` are the ends of days. */
export interface Appeal {
  number: string;
  about: AppealSubject;
  text: string;
  at: string;
  replyBy: string;
  actBy: string;
  answer: { outcome: AppealOutcome; text: string; at: string } | null;
}

/** The day that ends at an instant. */
export const lastDay = (end: string): string => showDay(dayOf(Date.parse(end) - 1));

/** What one has said is wrong, and how it was answered; nothing while there is none. */
export function Appeals() {
  const { t } = useTranslation('citizen');
  const askAs = useAsk();
  const appeals = useQuery({
    queryKey: ['appeals'],
    queryFn: async () => (await askAs<{ items: Appeal[] }>('GET /me/appeals')).items,
  });
  if (!appeals.data?.length) return null;
  return (
    <section className="card stack">
      <h2>{t('appeal.list')}</h2>
      <ul className="lines">
        {appeals.data.map(({ number, about, text, at, replyBy, actBy, answer }) => (
          <li key={number} className="stack tight">
            <p>
              <strong className="number">{number}</strong> · {t(`appeal.about.${about}`)} ·{' '}
              <span className="number soft">{showInstant(at)}</span>
            </p>
            <p className="soft">{text}</p>
            {answer ? (
              <p className="message fine">
                {t(`appeal.outcome.${answer.outcome}`)} {answer.text}
              </p>
            ) : (
              <p className="small">{t('appeal.waits', { reply: lastDay(replyBy), act: lastDay(actBy) })}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
