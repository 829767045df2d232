import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allPages } from '../shared/api.js';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { useAsk, type Person } from './desk.js';
import { RepairTable, type Repair } from './repair-table.js';

/** Contradictions and suggestions that wait for somebody to decide, one at a time, field beside field. */
export function RepairsPage() {
  const { t } = useTranslation('officer');
  const askAs = useAsk();
  const repairs = useQuery({
    queryKey: ['repairs'],
    queryFn: () => allPages<Repair>((after) => askAs(`GET /repairs?state=open${after}`, { purpose: 'identity' })),
  });
  const [chosen, setChosen] = useState<string>();
  const items = repairs.data ?? [];
  const repair = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <>
      <h1>{t('repairs.title')}</h1>
      <p className="soft">{t('repairs.why')}</p>
      <Wrong error={repairs.error} />
      {repairs.isPending && <p role="status">{t('board.loading')}</p>}
      {repairs.data?.length === 0 && <p className="card soft">{t('repairs.none')}</p>}
      {repair && (
        <div className="repairs">
          <ul className="found" aria-label={t('repairs.title')}>
            {items.map((one) => (
              <li key={one.id}>
                <button aria-pressed={one.id === repair.id} onClick={() => setChosen(one.id)}>
                  <span className="person-line">
                    <b>{nameOf(one) ?? t('person.noName')}</b>
                    <span className="soft small">
                      {t(`repairs.kind.${one.kind}`)} · {showInstant(one.createdAt)}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <RepairTable key={repair.id} repair={repair} />
        </div>
      )}
    </>
  );
}

const nameOf = ({ record, people }: { record: Partial<Person> | null; people: Partial<Person>[] }) =>
  record?.name ?? people[0]?.name;
