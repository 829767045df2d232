import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { useChange, type Person } from './desk.js';
import { showBirth, usePapers } from './person-search.js';

type Fields = Omit<Partial<Person>, 'identifiers'> & Pick<Person, 'identifiers'>;

/** A contradiction or a suggestion as the API shows it. */
export interface Repair {
  id: string;
  kind: 'conflict' | 'suggestion';
  createdAt: string;
  record: Fields | null;
  people: (Fields & { id: string })[];
  reasons: { person: string; verdict: string; fields?: string[] }[];
}

type Decision =
  | { decision: 'link'; person: string }
  | { decision: 'merge'; into: string; reason: string }
  | { decision: 'new' }
  | { decision: 'dismiss' };

const fields = ['name', 'birthDate', 'gender', 'phone', 'identifiers'] as const;

/** The record and the people it may be about, field beside field; what differs is marked in words too. */
export function RepairTable({ repair }: { repair: Repair }) {
  const { t } = useTranslation('officer');
  const [reason, setReason] = useState('');
  const decide = useChange((asking, decision: Decision, key) =>
    asking(`POST /repairs/${repair.id}/decide`, { body: decision, key }),
  );
  const columns = [...(repair.record ? [{ id: undefined, ...repair.record }] : []), ...repair.people];
  const show = useShown();
  const differs = (field: (typeof fields)[number]) =>
    field !== 'identifiers' && new Set(columns.map((column) => show(column, field)).filter(Boolean)).size > 1;
  return (
    <section className="card stack" aria-label={t('repairs.compare')}>
      <div className="scroll whole">
        <table className="list compare" style={{ '--columns': columns.length } as CSSProperties}>
          <thead>
            <tr>
              <td />
              {columns.map(({ id }, at) => (
                <th key={id ?? 'record'} scope="col">
                  {id === undefined
                    ? t('repairs.record')
                    : t('repairs.person', { number: at + (repair.record ? 0 : 1) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field} className={differs(field) ? 'differs' : undefined}>
                <th scope="row">
                  {t(`person.field.${field}`)}
                  {differs(field) && <span className="small soft"> · {t('repairs.differs')}</span>}
                </th>
                {columns.map((column) => (
                  <td key={column.id ?? 'record'}>{show(column, field) || '–'}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t('repairs.decide')}</th>
              {columns.map(({ id }) => (
                <td key={id ?? 'record'}>
                  <Choices id={id} repair={repair} reason={reason} decide={decide.mutate} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      {repair.people.length > 1 && (
        <label className="field">
          <span>{t('repairs.reason')}</span>
          <input className="input" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <Wrong error={decide.error} />
      <div className="row">
        <button className="button quiet small" onClick={() => decide.mutate({ decision: 'dismiss' })}>
          {t('repairs.dismiss')}
        </button>
      </div>
    </section>
  );
}

interface ChoicesProps {
  /** Undefined for the record itself. */
  id: string | undefined;
  repair: Repair;
  reason: string;
  decide: (decision: Decision) => void;
}

/** What may be decided about one column. */
function Choices({ id, repair, reason, decide }: ChoicesProps) {
  const { t } = useTranslation('officer');
  if (id === undefined) {
    return (
      <button className="button small" onClick={() => decide({ decision: 'new' })}>
        {t('repairs.new')}
      </button>
    );
  }
  return (
    <span className="row">
      {repair.record && (
        <button className="button small" onClick={() => decide({ decision: 'link', person: id })}>
          {t('repairs.link')}
        </button>
      )}
      {repair.people.length > 1 && (
        <button
          className="button small"
          disabled={!reason.trim()}
          onClick={() => decide({ decision: 'merge', into: id, reason })}
        >
          {t('repairs.merge')}
        </button>
      )}
    </span>
  );
}

/** A field of somebody in words. */
export function useShown() {
  const { t } = useTranslation('officer');
  const papersOf = usePapers();
  return (of: Fields, field: (typeof fields)[number]): string => {
    switch (field) {
      case 'birthDate':
        return of.birthDate ? showBirth(of.birthDate) : '';
      case 'gender':
        return of.gender ? t(`person.gender.${of.gender}`) : '';
      case 'identifiers':
        return papersOf(of).join(', ');
      case 'name':
      case 'phone':
        return of[field] ?? '';
    }
  };
}
