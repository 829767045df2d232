import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../shared/days.js';
import { Wrong } from '../shared/page.js';
import { DateFields, noDates, readDates, type DateTexts } from './date-fields.js';
import { useAsk, useChange, type Person } from './desk.js';
import { LevelChips } from './levels.js';
import { PersonLine, PersonSearch } from './person-search.js';

/** A case within half a minute: who it is, when it began, what it would mean, and the button. */
export function ConfirmPage() {
  const { t } = useTranslation('officer');
  const [person, setPerson] = useState<Person>();
  return (
    <>
      <h1>{t('confirm.title')}</h1>
      <div className="confirm-grid">
        <section className="card stack">
          <h2>{t('confirm.who')}</h2>
          {person ? (
            <div className="row spread picked">
              <PersonLine person={person} />
              <button className="button quiet small" onClick={() => setPerson(undefined)}>
                {t('confirm.other')}
              </button>
            </div>
          ) : (
            <PersonSearch purpose="case-report" picked={setPerson} label={t('search.label')} />
          )}
        </section>
        {person && <CaseForm key={person.id} person={person} />}
      </div>
    </>
  );
}

function CaseForm({ person }: { person: Person }) {
  const { t } = useTranslation(['officer', 'shared']);
  const askAs = useAsk();
  const [dates, setDates] = useState<DateTexts>(() => ({ ...noDates, sampledAt: `${dayOf(Date.now())}T00:00` }));
  const read = readDates(dates);
  const body = { person: person.id, ...read };
  const isReady = read !== undefined && ('onset' in read || 'sampledAt' in read);
  const preview = useQuery({
    queryKey: ['preview', body],
    queryFn: () => askAs<{ counts: Record<string, number> }>('POST /cases/preview', { body }),
    enabled: isReady,
    placeholderData: (known) => known,
    retry: false,
  });
  const confirm = useChange(
    (asking, given: typeof body, key) => asking<{ id: string }>('POST /cases', { body: given, key }),
    ({ id }) => (location.hash = `/case/${id}`),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(body);
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{t('confirm.when')}</h2>
      <DateFields dates={dates} change={setDates} />
      <div className="preview" aria-live="polite" aria-busy={preview.isFetching}>
        <h3>{t('confirm.preview')}</h3>
        {!isReady && <p className="soft">{t('confirm.needsDate')}</p>}
        {isReady && preview.data && <LevelChips counts={preview.data.counts} />}
        {isReady && preview.isFetching && !preview.data && <p className="soft">{t('confirm.counting')}</p>}
        <Wrong error={preview.error} />
        <p className="soft small">{t('confirm.previewWhy')}</p>
      </div>
      <Wrong error={confirm.error} />
      <div className="row">
        <button className="button main" disabled={!isReady || confirm.isPending}>
          {confirm.isPending ? t('shared:working') : t('confirm.confirm')}
        </button>
      </div>
    </form>
  );
}
