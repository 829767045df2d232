import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { useAsk, useChange, type Person } from './desk.js';
import { PersonLine, PersonSearch } from './person-search.js';

interface Link {
  id: string;
  joined: string;
  into: string;
  at: string;
  reason: string | null;
  undone: { at: string; reason: string | null } | null;
}

/** Who is the same person as this one: links that were made, how they are undone, and how one more is made. */
export function LinksCard({ id }: { id: string }) {
  const { t } = useTranslation('officer');
  const askAs = useAsk();
  const [isLinking, setLinking] = useState(false);
  const [undoing, setUndoing] = useState<Link>();
  const links = useQuery({
    queryKey: ['person', id, 'links'],
    queryFn: async () => (await askAs<{ items: Link[] }>(`GET /people/${id}/merges`, { purpose: 'identity' })).items,
    retry: false,
  });
  return (
    <section className="card stack">
      <div className="row spread">
        <h2>{t('links.title')}</h2>
        <button className="button small" onClick={() => setLinking(true)}>
          {t('links.add')}
        </button>
      </div>
      <Wrong error={links.error} />
      {links.data?.length === 0 && <p className="soft">{t('links.none')}</p>}
      <ul className="events links">
        {links.data?.map((link) => (
          <li key={link.id}>
            <span className="grow">
              <a href={`#/person/${link.joined === id ? link.into : link.joined}`}>
                {t(link.joined === id ? 'links.into' : 'links.joined')}
              </a>{' '}
              <span className="number small">{showInstant(link.at)}</span>
              <br />
              <span className="soft small">{link.reason}</span>
            </span>
            {link.undone ? (
              <span className="soft small">{t('links.undone', { at: showInstant(link.undone.at) })}</span>
            ) : (
              <button className="button small" onClick={() => setUndoing(link)}>
                {t('links.undo')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {isLinking && <LinkSheet id={id} close={() => setLinking(false)} />}
      {undoing && <UndoSheet link={undoing} close={() => setUndoing(undefined)} />}
    </section>
  );
}

function LinkSheet({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation('officer');
  const [other, setOther] = useState<Person>();
  const link = useChange(
    (asking, reason: string, key) => asking(`POST /people/${id}/merges`, { body: { person: other!.id, reason }, key }),
    close,
  );
  return (
    <Sheet title={t('links.add')} close={close}>
      {other ? (
        <>
          <PersonLine person={other} />
          <p className="soft">{t('links.what')}</p>
          <ReasonForm label={t('links.do')} isBusy={link.isPending} error={link.error} done={link.mutate} />
        </>
      ) : (
        <PersonSearch purpose="identity" picked={setOther} label={t('search.label')} />
      )}
    </Sheet>
  );
}

function UndoSheet({ link, close }: { link: Link; close: () => void }) {
  const { t } = useTranslation('officer');
  const undo = useChange(
    (asking, reason: string, key) => asking(`POST /merges/${link.id}/undo`, { body: { reason }, key }),
    close,
  );
  return (
    <Sheet title={t('links.undo')} close={close}>
      <p className="soft">{t('links.undoWhat')}</p>
      <ReasonForm label={t('links.undo')} isBusy={undo.isPending} error={undo.error} done={undo.mutate} />
    </Sheet>
  );
}

interface ReasonProps {
  label: string;
  isBusy: boolean;
  error: Error | null;
  done: (reason: string) => void;
}

function ReasonForm({ label, isBusy, error, done }: ReasonProps) {
  const { t } = useTranslation('officer');
  const [reason, setReason] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        done(reason);
      }}
    >
      <label className="field">
        <span>{t('retract.reason')}</span>
        <input
          className="input"
          name="reason"
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <Wrong error={error} />
      <button className="button main" disabled={isBusy || !reason.trim()}>
        {label}
      </button>
    </form>
  );
}
