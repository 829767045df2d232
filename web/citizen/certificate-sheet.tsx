import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../src/domain/codes/certificate/entry.js';
import type { HolderMatch } from '../../src/domain/codes/certificate/evidence.js';
import { newId, Refusal } from '../shared/api.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { Viewfinder } from '../shared/viewfinder.js';
import { useAsk } from './own.js';

interface Previewed {
  state: 'to-confirm' | 'linked-already';
  match: HolderMatch;
  certificate: Entry;
}

/** Refusals of a certificate that people can do something about. */
const refusals = [
  'certificate-not-good',
  'no-trust-list',
  'holder-differs',
  'linked-already',
  'certificate-of-another',
  'taken-back',
] as const;

/** An EU certificate by camera or pasted: shown first, taken once its holder says that it is theirs. */
export function CertificateSheet({ close }: { close: () => void }) {
  const { t } = useTranslation('citizen');
  const askAs = useAsk();
  const [text, setText] = useState('');
  const preview = useMutation({
    mutationFn: (code: string) => askAs<Previewed>('POST /me/certificates/preview', { body: { code } }),
  });
  // What was looked at is still in view, and would be told the same again; another one is looked at by itself.
  const last = useRef('');
  const look = (code: string) => {
    if (!code.trim() || preview.isPending) return;
    last.current = code.trim();
    preview.mutate(last.current);
  };
  const seen = (texts: string[]) => {
    const found = texts.find((one) => one.startsWith('HC1:'));
    if (found && found !== last.current) look(found);
  };
  if (preview.data) return <Confirm code={preview.variables} shown={preview.data} close={close} back={preview.reset} />;
  return (
    <Sheet title={t('certificate.title')} close={close}>
      <Viewfinder deviceId={undefined} seen={seen} />
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          look(text || last.current);
        }}
      >
        <label className="field">
          <span>{t('certificate.paste')}</span>
          <textarea className="input" rows={3} value={text} onChange={(event) => setText(event.target.value)} />
          <span className="hint">{t('certificate.hint')}</span>
        </label>
        <Refused error={preview.error} />
        <button className="button main" disabled={preview.isPending}>
          {t('certificate.look')}
        </button>
      </form>
    </Sheet>
  );
}

function Confirm(of: { code: string; shown: Previewed; close: () => void; back: () => void }) {
  const { t } = useTranslation('citizen');
  const [askAs, client] = [useAsk(), useQueryClient()];
  const { certificate, state, match } = of.shown;
  const take = useMutation({
    mutationFn: () => askAs('POST /me/certificates', { body: { code: of.code }, key: newId() }),
    onSuccess: async () => {
      await Promise.all(['records', 'status'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      of.close();
    },
  });
  const isMine = match.name === 'matched' && match.birthDate === 'matched';
  return (
    <Sheet title={t('certificate.isIt')} close={of.close}>
      <dl className="facts">
        <dt>{t('certificate.name')}</dt>
        <dd>{certificate.name || certificate.transliterated}</dd>
        <dt>{t('certificate.birthDate')}</dt>
        <dd>{certificate.birthDate.split('-').reverse().join('/')}</dd>
        <dt>{t(`certificate.entry.${certificate.entry}`)}</dt>
        <dd>
          {certificate.on.slice(0, 10).split('-').reverse().join('/')} {certificate.dose && `(${certificate.dose})`}
        </dd>
      </dl>
      {state === 'linked-already' && <p className="message fine">{t('certificate.refused.linked-already')}</p>}
      {state === 'to-confirm' && !isMine && <p className="message notice">{t('certificate.refused.holder-differs')}</p>}
      <Refused error={take.error} />
      <div className="row">
        {state === 'to-confirm' && isMine && (
          <button className="button main" disabled={take.isPending} onClick={() => take.mutate()}>
            {t('certificate.take')}
          </button>
        )}
        <button className="button" onClick={of.back}>
          {t('certificate.other')}
        </button>
      </div>
    </Sheet>
  );
}

function Refused({ error }: { error: Error | null }) {
  const { t } = useTranslation('citizen');
  const known = error instanceof Refusal ? refusals.find((one) => one === error.type) : undefined;
  if (!known) return <Wrong error={error} />;
  return (
    <p role="alert" className="message alarm">
      {t(`certificate.refused.${known}`)}
    </p>
  );
}
