import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { pathOf } from './check-in-sheet.js';
import { useChange } from './own.js';

/** Times are those of Vietnam, wherever the phone is. */
const instantOf = (local: string): string => `${local}:00+07:00`;

/** A visit that nobody scanned, told by hand: it is marked as such and trusted less. */
export function ByHandSheet({ close }: { close: () => void }) {
  const { t } = useTranslation('citizen');
  const [code, setCode] = useState('');
  const [times, setTimes] = useState({ in: '', out: '' });
  const add = useChange<{ venueCode: string; in: string; out: string }>(() => 'POST /me/stays/by-hand', ['stays']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const venueCode = pathOf(code)?.slice('/v/'.length) ?? code;
    add.mutate({ venueCode, in: instantOf(times.in), out: instantOf(times.out) }, { onSuccess: close });
  };
  return (
    <Sheet title={t('byHand.title')} close={close}>
      <form className="stack" onSubmit={submit}>
        <p className="soft">{t('byHand.text')}</p>
        <label className="field">
          <span>{t('checkIn.code')}</span>
          <input className="input" required value={code} onChange={(event) => setCode(event.target.value)} />
          <span className="hint">{t('checkIn.hint')}</span>
        </label>
        {(['in', 'out'] as const).map((end) => (
          <label className="field" key={end}>
            <span>{t(`byHand.${end}`)}</span>
            <input
              className="input"
              type="datetime-local"
              required
              value={times[end]}
              onChange={(event) => setTimes({ ...times, [end]: event.target.value })}
            />
          </label>
        ))}
        <Wrong error={add.error} />
        <button className="button main" disabled={add.isPending}>
          {t('byHand.save')}
        </button>
      </form>
    </Sheet>
  );
}
