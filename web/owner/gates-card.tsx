import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { useChange, useGates, type Gate, type PairingLink } from './api.js';

/** The devices of a place: added with a code that pairs one of them, removed at once. */
export function GatesCard({ id }: { id: string }) {
  const { t } = useTranslation('owner');
  const gates = useGates(id);
  const [isAdding, setAdding] = useState(false);
  const [link, setLink] = useState<PairingLink>();
  const again = useChange(
    (askAs, gate: string) => askAs<PairingLink>(`POST /venues/${id}/gates/${gate}/pairing`),
    setLink,
  );
  const remove = useChange((askAs, gate: string) => askAs(`DELETE /venues/${id}/gates/${gate}`));
  return (
    <section className="card stack">
      <div className="row spread">
        <h2>{t('gates.title')}</h2>
        <button className="button small" onClick={() => setAdding(true)}>
          {t('gates.add')}
        </button>
      </div>
      <Wrong error={gates.error ?? again.error ?? remove.error} />
      {gates.data?.length === 0 && <p className="soft">{t('gates.none')}</p>}
      <ul className="gates">
        {gates.data?.map((gate) => (
          <Device
            key={gate.id}
            gate={gate}
            again={() => again.mutate(gate.id)}
            remove={() => confirm(t('gates.sure', { name: gate.name })) && remove.mutate(gate.id)}
          />
        ))}
      </ul>
      {isAdding && <AddGate id={id} close={() => setAdding(false)} />}
      {link && (
        <Sheet title={t('gates.again')} close={() => setLink(undefined)}>
          <PairingCode link={link} />
        </Sheet>
      )}
    </section>
  );
}

function Device({ gate: { name, pairedAt }, again, remove }: { gate: Gate; again: () => void; remove: () => void }) {
  const { t } = useTranslation('owner');
  return (
    <li>
      <span className="grow">
        <b>{name}</b>
        <span className="soft small">{t('gates.paired', { time: showInstant(pairedAt) })}</span>
      </span>
      <button className="button quiet small" aria-label={t('gates.againOf', { name })} onClick={again}>
        {t('gates.again')}
      </button>
      <button className="button quiet small danger" aria-label={t('gates.removeOf', { name })} onClick={remove}>
        {t('gates.remove')}
      </button>
    </li>
  );
}

function AddGate({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation('owner');
  const [name, setName] = useState(t('gates.usual'));
  const make = useChange((askAs, body: { name: string }, key) =>
    askAs<PairingLink>(`POST /venues/${id}/gates`, { key, body }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ name });
  };
  return (
    <Sheet title={t('gates.add')} close={close}>
      {make.data ? (
        <PairingCode link={make.data} />
      ) : (
        <form className="stack" onSubmit={submit}>
          <label className="field">
            <span>{t('gates.name')}</span>
            <input
              className="input"
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <span className="hint">{t('gates.nameHint')}</span>
          </label>
          <Wrong error={make.error} />
          <button className="button main" disabled={make.isPending || !name.trim()}>
            {t('gates.make')}
          </button>
        </form>
      )}
    </Sheet>
  );
}

function PairingCode({ link: { pairingUrl, pairingQr, expiresAt } }: { link: PairingLink }) {
  const { t } = useTranslation('owner');
  const [isCopied, setCopied] = useState(false);
  const address = pairingUrl.replace(/^https?:\/\//, '').replace(/#.*/, '');
  const copy = () => void navigator.clipboard?.writeText(pairingUrl).then(() => setCopied(true));
  return (
    <div className="pairing">
      <h3>{t('gates.scan')}</h3>
      <img src={`data:image/svg+xml,${encodeURIComponent(pairingQr)}`} alt={t('gates.qr')} />
      <p className="soft small">{t('gates.scanText', { address, time: showInstant(expiresAt) })}</p>
      <button className="button" onClick={copy} data-link={pairingUrl}>
        {t(isCopied ? 'gates.copied' : 'gates.copy')}
      </button>
    </div>
  );
}
