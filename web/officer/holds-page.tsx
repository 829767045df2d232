import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { shortId } from './board-page.js';
import { useAsk, useChange, useMay } from './desk.js';
import { useUnits } from './risk-card.js';

/** Evidence that waits for a second officer, or was decided about. */
interface Hold {
  id: string;
  unit: string;
  state: 'held' | 'released' | 'dropped';
  people: number;
  at: string;
  /** Who told it: an account, or `case` and the id of the case whose contacts it are. */
  by: string[];
  decidedAt: string | null;
}

/** What is held, for the desk and for the number beside its name. */
export function useHolds(isMine = true) {
  const askAs = useAsk();
  return useQuery({
    queryKey: ['holds'],
    queryFn: async () => (await askAs<{ items: Hold[] }>('GET /holds')).items,
    enabled: isMine,
  });
}

/** Evidence that would change many colours at once: released or dropped by another officer than the one who told it. */
export function HoldsPage() {
  const { t, i18n: text } = useTranslation(['officer', 'shared']);
  const [dropping, setDropping] = useState<Hold>();
  const holds = useHolds();
  const decide = useChange((asking, { id, how }: { id: string; how: 'release' | 'drop' }) =>
    asking(`POST /holds/${id}/${how}`, { body: {} }),
  );
  const drop = (id: string) => {
    setDropping(undefined);
    decide.mutate({ id, how: 'drop' });
  };
  return (
    <>
      <h1>{t('holds.title')}</h1>
      <p className="soft">{t('holds.why')}</p>
      <Wrong error={holds.error ?? decide.error} />
      {holds.isPending && <p role="status">{t('board.loading')}</p>}
      {holds.data?.length === 0 && <p className="card soft">{t('holds.none')}</p>}
      {holds.data && holds.data.length > 0 && (
        <HoldTable
          holds={holds.data}
          isBusy={decide.isPending}
          release={(id) => decide.mutate({ id, how: 'release' })}
          drop={setDropping}
        />
      )}
      {dropping && (
        <Sheet title={t('holds.drop')} close={() => setDropping(undefined)}>
          <p>{t('holds.dropWhy', { count: dropping.people, people: dropping.people.toLocaleString(text.language) })}</p>
          <button className="button danger" onClick={() => drop(dropping.id)}>
            {t('holds.dropDo')}
          </button>
        </Sheet>
      )}
    </>
  );
}

interface TableProps {
  holds: Hold[];
  isBusy: boolean;
  release: (id: string) => void;
  drop: (hold: Hold) => void;
}

/** What waits comes first, then what was decided, each with the newest first. */
function HoldTable({ holds, isBusy, release, drop }: TableProps) {
  const { t, i18n: text } = useTranslation('officer');
  const mayDecide = useMay('head', 'admin');
  const units = useUnits([...new Set(holds.map(({ unit }) => unit))]);
  const items = [...holds].sort(
    (a, b) => Number(b.state === 'held') - Number(a.state === 'held') || (a.at < b.at ? 1 : -1),
  );
  return (
    <div className="scroll whole" tabIndex={0} role="group" aria-label={t('holds.title')}>
      <table className="list stacked">
        <thead>
          <tr>
            <th scope="col">{t('holds.at')}</th>
            <th scope="col">{t('holds.unit')}</th>
            <th scope="col">{t('holds.what')}</th>
            <th scope="col">{t('holds.people')}</th>
            <th scope="col">{t('case.state')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('holds.decide')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((hold) => (
            <tr key={hold.id} data-hold={hold.id}>
              <th scope="row" className="number">
                {showInstant(hold.at)}
              </th>
              <td data-name={t('holds.unit')}>{units.get(hold.unit)?.name ?? hold.unit}</td>
              <td>
                <Told by={hold.by} />
              </td>
              <td className="number" data-name={t('holds.people')}>
                {hold.people.toLocaleString(text.language)}
              </td>
              <td>
                {t(`holds.state.${hold.state}`)}{' '}
                {hold.decidedAt && <span className="soft">{showInstant(hold.decidedAt)}</span>}
              </td>
              <td>
                {hold.state === 'held' && mayDecide && (
                  <span className="row">
                    <button className="button small" disabled={isBusy} onClick={() => release(hold.id)}>
                      {t('holds.release')}
                    </button>
                    <button className="button small danger" disabled={isBusy} onClick={() => drop(hold)}>
                      {t('holds.drop')}
                    </button>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ofCase = /^case (.+)$/;

/** What would change the colours: contacts of a case, which is a link away, or results that somebody told. */
function Told({ by }: { by: string[] }) {
  const { t } = useTranslation('officer');
  const cases = by.flatMap((one) => ofCase.exec(one)?.[1] ?? []);
  return (
    <>
      {cases.map((id) => (
        <a key={id} className="line" href={`#/case/${id}`}>
          {t('holds.contactsOf', { id: shortId(id) })}
        </a>
      ))}
      {cases.length < by.length && <span className="line">{t('holds.results')}</span>}
    </>
  );
}
