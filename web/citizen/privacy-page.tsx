import { useMutation, useQuery } from '@tanstack/react-query';
import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../src/auth/caller.js';
import type { Purpose } from '../../src/reads.js';
import { useAbout } from '../shared/about.js';
import { download } from '../shared/download.js';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { InstallCard } from './install-card.js';
import { Own, useAsk, useChange } from './own.js';
import { renewDevice } from './push.js';
import { PushSwitch } from './push-card.js';

interface Read {
  at: string;
  roles: Role[];
  unit: string | null;
  purpose: Purpose;
}

/** Who read one's data and why, and what one may do about one's data. */
export function PrivacyPage({ logOut }: { logOut: () => void }) {
  const { t } = useTranslation(['citizen', 'shared']);
  const [sheet, setSheet] = useState<'lost' | 'erase'>();
  return (
    <>
      <h1>{t('privacy.title')}</h1>
      <ReadsCard />
      <KeptCard />
      <section className="card stack">
        <h2>{t('privacy.devices')}</h2>
        <PushSwitch />
        <p>{t('privacy.lostText')}</p>
        <div className="row">
          <button className="button" onClick={() => setSheet('lost')}>
            {t('privacy.lost')}
          </button>
          <button className="button" onClick={logOut}>
            {t('shared:logIn.out')}
          </button>
        </div>
      </section>
      <InstallCard />
      <section className="card stack">
        <h2>{t('privacy.erase')}</h2>
        <p>{t('privacy.eraseText')}</p>
        <div className="row">
          <button className="button danger" onClick={() => setSheet('erase')}>
            {t('privacy.erase')}
          </button>
        </div>
      </section>
      {sheet === 'lost' && <LostSheet close={() => setSheet(undefined)} />}
      {sheet === 'erase' && <EraseSheet close={() => setSheet(undefined)} done={logOut} />}
    </>
  );
}

/** Reads that are shown before one asks for all (assumption). */
const few = 10;

function ReadsCard() {
  const { t } = useTranslation('citizen');
  const askAs = useAsk();
  const [isWhole, setWhole] = useState(false);
  const reads = useQuery({
    queryKey: ['reads'],
    queryFn: async () => (await askAs<{ items: Read[] }>('GET /me/reads')).items,
  });
  const shown = reads.data?.slice(0, isWhole ? undefined : few);
  return (
    <section className="card stack">
      <h2>{t('privacy.reads')}</h2>
      <Wrong error={reads.error} />
      {reads.data?.length === 0 && <p className="soft">{t('privacy.noReads')}</p>}
      <ul className="lines">
        {shown?.map(({ at, roles, unit, purpose }, index) => (
          <li key={`${at} ${index}`}>
            <strong>{roles.map((role) => t(`role.${role}`)).join(', ') || t('role.operator')}</strong>
            {unit && <span> · {unit}</span>}
            <br />
            <span className="small">
              {t(`purpose.${purpose}`)} · <span className="number soft">{showInstant(at)}</span>
            </span>
          </li>
        ))}
      </ul>
      {reads.data && reads.data.length > few && !isWhole && (
        <button className="button quiet small" onClick={() => setWhole(true)}>
          {t('privacy.all', { count: reads.data.length })}
        </button>
      )}
    </section>
  );
}

function KeptCard() {
  const { t } = useTranslation('citizen');
  const askAs = useAsk();
  const about = useAbout();
  const save = useMutation({
    mutationFn: async () => {
      const all = await askAs<object>('GET /me/export');
      download('vetxanh.json', new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }));
    },
  });
  return (
    <section className="card stack">
      <h2>{t('privacy.kept')}</h2>
      <ul className="plain">
        <li>{t('privacy.keptStays', { days: about?.retentionDays ?? 21 })}</li>
        <li>{t('privacy.keptRecords')}</li>
        <li>{t('privacy.keptNot')}</li>
      </ul>
      <Wrong error={save.error} />
      <div className="row">
        <button className="button" disabled={save.isPending} onClick={() => save.mutate()}>
          {t('privacy.download')}
        </button>
      </div>
    </section>
  );
}

function LostSheet({ close }: { close: () => void }) {
  const { t } = useTranslation('citizen');
  const { token } = useContext(Own);
  const lost = useChange<object, { signedOut: number }>(() => 'POST /me/lost-phone', []);
  return (
    <Sheet title={t('privacy.lost')} close={close}>
      {lost.data ? (
        <p className="message fine" role="status">
          {t('privacy.lostDone')}
        </p>
      ) : (
        <>
          <p>{t('privacy.lostSure')}</p>
          <Wrong error={lost.error} />
          <button
            className="button main"
            disabled={lost.isPending}
            onClick={() => lost.mutate({}, { onSuccess: () => void renewDevice(token) })}
          >
            {t('privacy.lostDo')}
          </button>
        </>
      )}
    </Sheet>
  );
}

function EraseSheet({ close, done }: { close: () => void; done: () => void }) {
  const { t } = useTranslation('citizen');
  const [word, setWord] = useState('');
  const erase = useChange<undefined>(() => 'DELETE /me', []);
  const isSure = word.trim().toUpperCase() === t('privacy.eraseWord').toUpperCase();
  return (
    <Sheet title={t('privacy.erase')} close={close}>
      <p>{t('privacy.eraseSure')}</p>
      <label className="field">
        <span>{t('privacy.eraseType', { word: t('privacy.eraseWord') })}</span>
        <input className="input" autoComplete="off" value={word} onChange={(event) => setWord(event.target.value)} />
      </label>
      <Wrong error={erase.error} />
      <button
        className="button danger"
        disabled={!isSure || erase.isPending}
        onClick={() => erase.mutate(undefined, { onSuccess: done })}
      >
        {t('privacy.eraseDo')}
      </button>
    </Sheet>
  );
}
