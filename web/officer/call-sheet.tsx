import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { callOutcomes, type CallOutcome } from '../../src/domain/call.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import type { Face } from './case.js';
import { useChange } from './desk.js';

interface Props {
  person: string;
  name: string;
  face: Face | undefined;
  close: () => void;
}

/** How a call ended, and what whoever calls next should know. */
export function CallSheet({ person, name, face, close }: Props) {
  const { t } = useTranslation(['officer', 'shared']);
  const [outcome, setOutcome] = useState<CallOutcome>();
  const [note, setNote] = useState('');
  const keep = useChange((asking, body: object, key) => asking('POST /calls', { body, key }), close);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate({ person, outcome, ...(note.trim() && { note: note.trim() }) });
  };
  return (
    <Sheet title={t('calls.sheet', { name })} close={close}>
      <form className="stack" onSubmit={submit}>
        {/* Until their face is read, nothing is said of where they live. */}
        <p>{face?.person ? <PhoneLink phone={face.person.phone} /> : face ? t('calls.elsewhere') : '…'}</p>
        <div className="row" role="group" aria-label={t('calls.outcome.label')}>
          {callOutcomes.map((one) => (
            <button
              key={one}
              type="button"
              className="button small choice"
              aria-pressed={one === outcome}
              onClick={() => setOutcome(one)}
            >
              {t(`calls.outcome.${one}`)}
            </button>
          ))}
        </div>
        <label className="field">
          <span>{t('calls.note')}</span>
          <textarea
            className="input"
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <span className="hint">{t('calls.noteHint')}</span>
        </label>
        <Wrong error={keep.error} />
        <button className="button main" disabled={!outcome || keep.isPending}>
          {keep.isPending ? t('shared:working') : t('calls.save')}
        </button>
      </form>
    </Sheet>
  );
}

/** A number that a telephone dials when it is pressed. */
export function PhoneLink({ phone }: { phone: string | undefined }) {
  const { t } = useTranslation('officer');
  return phone ? (
    <a className="number" href={`tel:${phone}`}>
      {phone}
    </a>
  ) : (
    <span className="soft">{t('calls.noPhone')}</span>
  );
}
