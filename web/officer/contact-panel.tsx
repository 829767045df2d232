import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { ruleOf } from './case-page.js';
import type { CaseRecord, Contact, Meeting, Known } from './case.js';

interface Props {
  contact: Contact;
  record: CaseRecord;
  known: Known;
  placeOf: (id: string) => string;
  close: () => void;
}

/** Why somebody is a contact: which stays overlapped, how long, and under which rule. */
export function ContactPanel({ contact, record, known, placeOf, close }: Props) {
  const { t } = useTranslation(['officer', 'shared']);
  const { person, level, minutes, dose, trust, witness, encounters, lastAt } = contact;
  const isFirst = level === 1;
  useEffect(() => known.see([person, witness.via]), [person, witness.via, known.see]);
  const nameOf = (id: string) => known.faces.get(id)?.person?.name ?? t('person.noName');
  const meetings: Meeting[] = [witness, ...encounters];
  return (
    <aside className="panel stack tight" aria-label={t('why.label', { name: nameOf(person) })}>
      <div className="row spread">
        <h3>{nameOf(person)}</h3>
        <button className="button quiet small" onClick={close}>
          {t('shared:close')}
        </button>
      </div>
      <p>
        {t(isFirst ? 'why.first' : 'why.deeper', {
          name: nameOf(person),
          via: nameOf(witness.via),
          via_level: level - 1,
          level,
          minutes,
        })}
      </p>
      <ul className="meetings">
        {meetings.map(({ venue, from, to }) => (
          <li key={`${venue}${from}`}>
            <b>{placeOf(venue)}</b>
            <span className="number">{spanOf(from, to)}</span>
            <span className="soft small">{t('why.minutes', { count: wholeMinutes(from, to) })}</span>
          </li>
        ))}
      </ul>
      <dl className="facts">
        <div>
          <dt>{t('why.lastAt')}</dt>
          <dd className="number">{showInstant(lastAt)}</dd>
        </div>
        {dose !== null && (
          <div>
            <dt>{t('contacts.column.dose')}</dt>
            <dd className="number">{dose.toFixed(3)}</dd>
          </div>
        )}
        <div>
          <dt>{t('why.trust')}</dt>
          <dd className="number">{Math.round(trust * 100)} %</dd>
        </div>
        <div>
          <dt>{t('case.rule')}</dt>
          <dd>{record.policy ? ruleOf(record.policy) : t('case.neutral')}</dd>
        </div>
      </dl>
      <a href={`#/person/${person}`}>{t('why.person')}</a>
    </aside>
  );
}

const wholeMinutes = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);

/** `dd/MM/yyyy HH:mm – HH:mm`, with the second day where it is another one. */
function spanOf(from: string, to: string): string {
  const [start, end] = [showInstant(from), showInstant(to)];
  return `${start} – ${start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end}`;
}
