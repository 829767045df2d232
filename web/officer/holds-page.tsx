import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { useAsk, useChange, useMay } from './desk.js';

/** Evidence that waits for a second officer, or was decided about. */
interface Hold {
  id: string;
  unit: string;
  state: 'held' | 'released' | 'dropped';
  people: number;
  at: string;
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
  const { t, i18n: text } = useTranslation('officer');
  const mayDecide = useMay('head', 'admin');
  const holds = useHolds();
  const decide = useChange((asking, { id, how }: { id: string; how: 'release' | 'drop' }) =>
    asking(`POST /holds/${id}/${how}`, { body: {} }),
  );
  const items = [...(holds.data ?? [])].sort(
    (a, b) => Number(b.state === 'held') - Number(a.state === 'held') || (a.at < b.at ? 1 : -1),
  );
  return (
    <>
      <h1>{t('holds.title')}</h1>
      <p className="soft">{t('holds.why')}</p>
      <Wrong error={holds.error ?? decide.error} />
      {holds.isPending && <p role="status">{t('board.loading')}</p>}
      {holds.data?.length === 0 && <p className="card soft">{t('holds.none')}</p>}
      {items.length > 0 && (
        <table className="list holds">
          <thead>
            <tr>
              <th scope="col">{t('holds.at')}</th>
              <th scope="col">{t('holds.unit')}</th>
              <th scope="col">{t('holds.people')}</th>
              <th scope="col">{t('case.state')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('holds.decide')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, unit, state, people, at, decidedAt }) => (
              <tr key={id} data-hold={id}>
                <th scope="row" className="number">
                  {showInstant(at)}
                </th>
                <td>{unit}</td>
                <td className="number">{people.toLocaleString(text.language)}</td>
                <td>
                  {t(`holds.state.${state}`)} {decidedAt && <span className="soft">{showInstant(decidedAt)}</span>}
                </td>
                <td className="row">
                  {state === 'held' && mayDecide && (
                    <>
                      <button
                        className="button small"
                        disabled={decide.isPending}
                        onClick={() => decide.mutate({ id, how: 'release' })}
                      >
                        {t('holds.release')}
                      </button>
                      <button
                        className="button small danger"
                        disabled={decide.isPending}
                        onClick={() => decide.mutate({ id, how: 'drop' })}
                      >
                        {t('holds.drop')}
                      </button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
