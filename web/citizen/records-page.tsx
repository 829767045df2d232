import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evidence } from '../../src/domain/colour/evidence.js';
import type { Colour } from '../../src/domain/admission.js';
import { dayOf, showDay } from '../shared/days.js';
import { Wrong } from '../shared/page.js';
import { AppealSheet } from './appeal-sheet.js';
import { CertificateSheet } from './certificate-sheet.js';
import { useAsk } from './own.js';

/** A fact that is known of one, as the API shows it. */
interface RecordShown {
  id: string;
  kind: Exclude<Evidence['kind'], 'exposure' | 'case'>;
  at: string;
  until?: string | null;
  toldAt: string | null;
  source: 'self' | 'office';
  waiting?: true;
  test?: string;
  result?: 'negative' | 'positive';
  number?: number;
  course?: number;
  reason?: string;
  colour?: Colour;
}

/** Doses, tests, recoveries and the like: what is known, from whom and since when. */
export function RecordsPage() {
  const { t } = useTranslation('citizen');
  const askAs = useAsk();
  const [isAdding, setAdding] = useState(false);
  const [wrong, setWrong] = useState<{ id: string; words: string }>();
  const records = useQuery({
    queryKey: ['records'],
    queryFn: async () => (await askAs<{ items: RecordShown[] }>('GET /me/evidence')).items.reverse(),
  });
  const words = useWords();
  return (
    <>
      <h1>{t('records.title')}</h1>
      <div className="row">
        <button className="button main" onClick={() => setAdding(true)}>
          {t('records.add')}
        </button>
      </div>
      <Wrong error={records.error} />
      {records.isPending && <p role="status">{t('card.loading')}</p>}
      {records.data?.length === 0 && <p className="card soft">{t('records.none')}</p>}
      <ul className="stack">
        {records.data?.map((one) => (
          <li key={one.id} className="card stack tight">
            <h2>{words(one)}</h2>
            <p className="number">{daysOf(one)}</p>
            <p className="soft small">
              {t(`records.from.${one.source}`, { day: one.toldAt ? showDay(dayOf(Date.parse(one.toldAt))) : '–' })}
              {one.waiting && ` ${t('records.waiting')}`}
            </p>
            <p>
              <button
                className="button quiet small"
                onClick={() => setWrong({ id: one.id, words: `${words(one)}, ${daysOf(one)}` })}
              >
                {t('appeal.open')}
              </button>
            </p>
          </li>
        ))}
      </ul>
      {isAdding && <CertificateSheet close={() => setAdding(false)} />}
      {wrong && <AppealSheet about="record" record={wrong} close={() => setWrong(undefined)} />}
    </>
  );
}

function daysOf({ at, until }: RecordShown): string {
  const day = showDay(dayOf(Date.parse(at)));
  return until ? `${day} – ${showDay(dayOf(Date.parse(until)))}` : day;
}

function useWords(): (of: RecordShown) => string {
  const { t } = useTranslation(['citizen', 'shared']);
  return ({ kind, test = '', result = 'negative', number, course, colour = 'grey', reason }) => {
    if (kind === 'test') return t(`records.${result}`, { test: test.toUpperCase() });
    if (kind === 'dose') return t('records.dose', { number, course });
    if (kind === 'override') return t('records.override', { colour: t(`shared:colour.${colour}`), reason });
    return t(`kind.${kind}`);
  };
}
