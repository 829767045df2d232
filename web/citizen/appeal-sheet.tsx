import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealSubject } from '../../src/domain/appeal.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { lastDay, type Appeal } from './appeals.js';
import { useChange } from './own.js';

interface Props {
  about: AppealSubject;
  /** What it is about, by id and in words. */
  record?: { id: string; words: string };
  close: () => void;
}

/** "This is wrong": told in one's own words, answered by a number and a deadline at once. */
export function AppealSheet({ about, record, close }: Props) {
  const { t } = useTranslation('citizen');
  const [text, setText] = useState('');
  const send = useChange<{ about: string; record?: string; text: string }, Appeal>(
    () => 'POST /me/appeals',
    ['appeals'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) send.mutate({ about, ...(record && { record: record.id }), text: text.trim() });
  };
  if (send.data) {
    const { number, replyBy, actBy } = send.data;
    return (
      <Sheet title={t('appeal.sent')} close={close}>
        <div className="stack" role="status">
          <p>{t('appeal.numberIs')}</p>
          <p className="big-number">{number}</p>
          <p>{t('appeal.waits', { reply: lastDay(replyBy), act: lastDay(actBy) })}</p>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={t('appeal.title')} close={close}>
      <form className="stack" onSubmit={submit}>
        {record && <p className="message">{record.words}</p>}
        <label className="field">
          <span>{t('appeal.what')}</span>
          <textarea
            className="input"
            rows={5}
            required
            maxLength={1_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="hint">{t('appeal.hint')}</span>
        </label>
        <Wrong error={send.error} />
        <button className="button main" disabled={send.isPending}>
          {t('appeal.send')}
        </button>
      </form>
    </Sheet>
  );
}
