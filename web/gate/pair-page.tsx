import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../shared/api.js';
import { PageHead, Wrong } from '../shared/page.js';
import { accept, readInvitation, type Invitation, type Paired } from './pairing.js';
import { Viewfinder } from '../shared/viewfinder.js';

interface Props {
  invited: Invitation | undefined;
  done: (paired: Paired) => void;
  /** To the gate that this device is already. */
  back: (() => void) | undefined;
}

/** Makes this device a gate: by a link that was opened, a code that is scanned, or a link that is pasted. */
export function PairPage({ invited, done, back }: Props) {
  const { t } = useTranslation('gate');
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const pairing = useMutation({ mutationFn: accept, onSuccess: done, retry: false });
  const asked = useRef<Invitation>(undefined);
  const pair = (invitation: Invitation | undefined) => {
    setWrong(invitation === undefined);
    if (invitation && !pairing.isPending) pairing.mutate(invitation);
  };
  const seen = (code: string) => {
    const found = readInvitation(code);
    if (!found || !isRefused(pairing.error) || !isSame(found, pairing.variables)) pair(found);
  };
  useEffect(() => {
    // A link can be used once: not again because a page is drawn twice.
    if (!invited || asked.current === invited) return;
    asked.current = invited;
    pairing.mutate(invited);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    pair(readInvitation(text));
  };
  return (
    <>
      <PageHead home="/gate" />
      <main className="narrow stack pair">
        <h1>{t('pair.title')}</h1>
        <p className="soft">{t('pair.text')}</p>
        {pairing.isPending ? (
          <p className="message" role="status">
            {t('pair.working')}
          </p>
        ) : (
          <Viewfinder deviceId={undefined} seen={([first]) => seen(first!)} />
        )}
        <Wrong error={pairing.error} />
        {back && pairing.error && (
          <button className="button main" onClick={back}>
            {t('pair.back')}
          </button>
        )}
        {isWrong && (
          <p role="alert" className="message notice">
            {t(text ? 'pair.pasteWrong' : 'pair.notPairing')}
          </p>
        )}
        <form className="stack" onSubmit={submit}>
          <label className="field">
            <span>{t('pair.paste')}</span>
            <input
              className="input"
              value={text}
              onChange={(event) => setText(event.target.value)}
              autoComplete="off"
            />
            <span className="hint">{t('pair.pasteHint')}</span>
          </label>
          <button className="button" disabled={!text || pairing.isPending}>
            {t('pair.enter')}
          </button>
        </form>
        <a className="owner-link" href="/owner">
          {t('pair.owner')}
        </a>
      </main>
    </>
  );
}

/** A link that was used is refused however long it is held before the camera; a missing network comes back. */
const isRefused = (error: Error | null): boolean => error instanceof Refusal && error.status !== 0;

const isSame = (one: Invitation, other: Invitation | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
