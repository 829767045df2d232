import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { shortId } from './board-page.js';
import { CaseMap } from './case-map.js';
import { useCase, useContacts, useFaces, type CaseRecord, type Face } from './case.js';
import { AmendSheet, RetractSheet } from './change-sheets.js';
import { ContactsCard } from './contacts-card.js';
import { tracing } from './desk.js';
import { LevelChips } from './levels.js';
import { useLiveNews } from './live.js';
import { showBirth } from './person-search.js';
import { Timeline } from './timeline.js';

/** One case: who, when, where they were, whom they met, and how to correct it. */
export function CasePage({ id }: { id: string }) {
  const { t } = useTranslation('officer');
  const record = useCase(id);
  const contacts = useContacts(id);
  const known = useFaces(tracing(id), contacts.dataUpdatedAt);
  const person = record.data?.person;
  useEffect(() => {
    if (person) known.see([person]);
  }, [person, known.see]);
  if (!record.data) {
    return record.error ? <Wrong error={record.error} /> : <p role="status">{t('board.loading')}</p>;
  }
  const face = known.faces.get(record.data.person);
  return (
    <>
      <CaseHead record={record.data} face={face} />
      <Wrong error={record.error ?? contacts.error} />
      <Timeline record={record.data} />
      <CaseMap record={record.data} />
      <ContactsCard record={record.data} contacts={contacts.data} isLoading={contacts.isPending} known={known} />
    </>
  );
}

function CaseHead({ record, face }: { record: CaseRecord; face: Face | undefined }) {
  const { t } = useTranslation('officer');
  const live = useLiveNews().cases.get(record.id);
  const [sheet, setSheet] = useState<'amend' | 'retract'>();
  const { state, progress, counts } = live ?? record;
  const stands = state !== 'retracted' && state !== 'closed';
  const close = () => setSheet(undefined);
  return (
    <header className="case-head card stack">
      <div className="row spread">
        <div>
          <h1>
            {face ? (face.person?.name ?? t('person.noName')) : '…'}{' '}
            <span className="soft number">{t('case.of', { id: shortId(record.id) })}</span>
          </h1>
          <p className="soft number">
            {[face?.person?.birthDate && showBirth(face.person.birthDate), face?.person?.phone]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        {stands && (
          <div className="row">
            <button className="button small" onClick={() => setSheet('amend')}>
              {t('case.amend')}
            </button>
            <button className="button small danger" onClick={() => setSheet('retract')}>
              {t('case.retract')}
            </button>
          </div>
        )}
      </div>
      <dl className="facts">
        <Fact name={t('case.confirmedAt')} value={showInstant(record.confirmedAt)} />
        <Fact name={t('dates.onset')} value={record.onset && showInstant(record.onset).slice(0, 10)} />
        <Fact name={t('dates.sampledAt')} value={record.sampledAt && showInstant(record.sampledAt)} />
        <Fact name={t('dates.isolatedAt')} value={record.isolatedAt && showInstant(record.isolatedAt)} />
        <Fact
          name={t('case.infectious')}
          value={record.infectious && `${showInstant(record.infectious.from)} – ${showInstant(record.infectious.to)}`}
        />
        <Fact name={t('case.rule')} value={record.policy ? ruleOf(record.policy) : t('case.neutral')} />
      </dl>
      <div className="row case-state" role="status">
        <b className={`state ${state}`}>{t(`state.${state}`)}</b>
        {state === 'retracted' && record.reason && <span>{record.reason}</span>}
        {state === 'tracing' && (
          <progress value={progress} max={1} aria-label={t('case.progress', { id: shortId(record.id) })} />
        )}
        {state !== 'retracted' && <LevelChips counts={counts} />}
      </div>
      {sheet === 'amend' && <AmendSheet record={record} close={close} />}
      {sheet === 'retract' && <RetractSheet record={record} close={close} />}
    </header>
  );
}

/** A rule and its version, as people cite it. */
export const ruleOf = ({ id, version }: { id: string; version: string }): string => `${id} ${version}`;

const Fact = ({ name, value }: { name: string; value: string | null }) => (
  <div>
    <dt>{name}</dt>
    <dd className="number">{value ?? '–'}</dd>
  </div>
);
