import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { normalisePhone } from '../../src/domain/identity/phone.js';
import { ask } from '../shared/api.js';
import { CodeInput } from '../shared/log-in.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';

interface Props {
  token: string;
  isOnline: boolean;
  read: (code: string) => void;
  close: () => void;
}

/** Ways in for people whose phone shows no card (SPEC 4). */
export function NoPhoneSheet({ token, isOnline, read, close }: Props) {
  const { t } = useTranslation(['gate', 'shared']);
  return (
    <Sheet title={t('noPhone.title')} close={close}>
      <dl className="papers">
        {(['id', 'insurance', 'printed'] as const).map((paper) => (
          <div key={paper}>
            <dt>{t(`noPhone.${paper}`)}</dt>
            <dd className="soft small">{t(`noPhone.${paper}Text`)}</dd>
          </div>
        ))}
      </dl>
      <section className="stack">
        <h3>{t('noPhone.phone')}</h3>
        <p className="soft small">{t('noPhone.phoneText')}</p>
        {isOnline ? (
          <ByPhone {...{ token, read, close }} />
        ) : (
          <p className="message notice">{t('noPhone.needsNetwork')}</p>
        )}
      </section>
    </Sheet>
  );
}

function ByPhone({ token, read, close }: Omit<Props, 'isOnline'>) {
  const { t } = useTranslation(['gate', 'shared']);
  const [text, setText] = useState('');
  const [code, setCode] = useState('');
  const phone = normalisePhone(text);
  const send = useMutation({ mutationFn: () => ask('POST /auth/otp', { body: { phone } }) });
  const enter = useMutation({
    mutationFn: () => ask<{ code: string }>('POST /phone-cards', { token, body: { phone, code } }),
    onSuccess: (card) => {
      close();
      read(card.code);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (send.isSuccess) enter.mutate();
    else if (phone !== undefined) send.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <label className="field">
        <span>{t('shared:logIn.phone')}</span>
        <input
          className="input"
          type="tel"
          inputMode="tel"
          autoComplete="off"
          value={text}
          readOnly={send.isSuccess}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {send.isSuccess && (
        <label className="field">
          <span>{t('noPhone.code')}</span>
          <CodeInput value={code} change={setCode} />
        </label>
      )}
      <Wrong error={enter.error ?? send.error} />
      {send.isSuccess ? (
        <button className="button main" disabled={code.length !== 6 || enter.isPending}>
          {t('noPhone.enter')}
        </button>
      ) : (
        <button className="button main" disabled={phone === undefined || send.isPending}>
          {t('noPhone.send')}
        </button>
      )}
    </form>
  );
}
