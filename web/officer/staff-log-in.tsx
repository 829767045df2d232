import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Refusal } from '../shared/api.js';
import { Wrong } from '../shared/page.js';
import type { StaffSession } from './desk.js';

/** Staff log in by name and password (API.md). */
export function StaffLogIn({ done }: { done: (session: StaffSession) => void }) {
  const { t } = useTranslation(['officer', 'shared']);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const logIn = useMutation({
    mutationFn: () => ask<StaffSession>('POST /auth/login', { body: { username: username.trim(), password } }),
    onSuccess: done,
  });
  const isWrong = logIn.error instanceof Refusal && logIn.error.type === 'wrong-login';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    logIn.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="stack">
        <h1>{t('logIn.title')}</h1>
        <p className="soft">{t('logIn.why')}</p>
      </div>
      <label className="field">
        <span>{t('logIn.name')}</span>
        <input
          className="input"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t('logIn.password')}</span>
        <input
          className="input"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {isWrong ? (
        <p role="alert" className="message alarm">
          {t('logIn.wrong')}
        </p>
      ) : (
        <Wrong error={logIn.error} />
      )}
      <button className="button main" disabled={logIn.isPending}>
        {logIn.isPending ? t('shared:working') : t('shared:logIn.enter')}
      </button>
    </form>
  );
}
