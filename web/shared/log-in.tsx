import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { normalisePhone } from '../../src/domain/identity/phone.js';
import { ask } from './api.js';
import { Wrong } from './page.js';
import { phoneSession, type Session } from './session.js';

/** Logs in by phone number and one-time code (API.md); the number is asked for first, then the code. */
export function LogIn({ title, why, done }: { title: string; why: string; done: (session: Session) => void }) {
  const [sentTo, setSentTo] = useState<string>();
  return (
    <div className="stack">
      <div className="stack">
        <h1>{title}</h1>
        <p className="soft">{why}</p>
      </div>
      {sentTo === undefined ? (
        <AskPhone sent={setSentTo} />
      ) : (
        <AskCode phone={sentTo} done={done} back={() => setSentTo(undefined)} />
      )}
    </div>
  );
}

function AskPhone({ sent }: { sent: (phone: string) => void }) {
  const { t } = useTranslation('shared');
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const send = useMutation({
    mutationFn: (phone: string) => ask('POST /auth/otp', { body: { phone } }),
    onSuccess: (_, phone) => sent(phone),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const phone = normalisePhone(text);
    setWrong(phone === undefined);
    if (phone !== undefined) send.mutate(phone);
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <label className="field">
        <span>{t('logIn.phone')}</span>
        <input
          className="input"
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={isWrong}
          aria-describedby="phone-hint"
        />
        <span id="phone-hint" className="hint">
          {t('logIn.phoneHint')}
        </span>
      </label>
      {isWrong && (
        <p role="alert" className="message alarm">
          {t('logIn.phoneWrong')}
        </p>
      )}
      <Wrong error={send.error} />
      <button className="button main" disabled={send.isPending}>
        {send.isPending ? t('working') : t('logIn.send')}
      </button>
    </form>
  );
}

function AskCode({ phone, done, back }: { phone: string; done: (session: Session) => void; back: () => void }) {
  const { t } = useTranslation('shared');
  const [code, setCode] = useState('');
  const verify = useMutation({
    mutationFn: () => ask<Session>('POST /auth/otp/verify', { body: { phone, code } }),
    onSuccess: (session) => {
      phoneSession.keep(session);
      done(session);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    verify.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <label className="field">
        <span>{t('logIn.code', { phone })}</span>
        <CodeInput value={code} change={setCode} />
        <span className="hint">{t('logIn.codeHint')}</span>
      </label>
      <Wrong error={verify.error} />
      <button className="button main" disabled={code.length !== 6 || verify.isPending}>
        {verify.isPending ? t('working') : t('logIn.enter')}
      </button>
      <button type="button" className="button quiet" onClick={back}>
        {t('logIn.otherPhone')}
      </button>
    </form>
  );
}

/** Six digits; whatever else is typed or pasted is left out. */
export const CodeInput = ({ value, change }: { value: string; change: (code: string) => void }) => (
  <input
    className="input code"
    inputMode="numeric"
    autoComplete="one-time-code"
    autoFocus
    value={value}
    onChange={(event) => change(event.target.value.replace(/\D/g, '').slice(0, 6))}
  />
);
