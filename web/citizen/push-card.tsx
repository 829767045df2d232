import { useMutation } from '@tanstack/react-query';
import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Own } from './own.js';
import { pushState, turnOff, turnOn } from './push.js';

/** Offers, on the card's page, to tell of news while the page is closed; gone once it was decided. */
export function PushCard() {
  const { t } = useTranslation('citizen');
  const [isAsked] = useState(() => pushState() === 'off');
  if (!isAsked) return null;
  return (
    <section className="card stack">
      <h2>{t('push.title')}</h2>
      <PushSwitch />
    </section>
  );
}

/** Whether this device is told of news while the page is closed. */
export function PushSwitch() {
  const { t } = useTranslation('citizen');
  const { token } = useContext(Own);
  const [state, setState] = useState(pushState);
  const change = useMutation({
    mutationFn: () => (state === 'on' ? turnOff(token) : turnOn(token)),
    onSuccess: setState,
  });
  return (
    <>
      <p>{t(`push.${state}`)}</p>
      {change.error && (
        <p role="alert" className="message alarm">
          {t('push.failed')}
        </p>
      )}
      {(state === 'on' || state === 'off') && (
        <div className="row">
          <button className="button" disabled={change.isPending} onClick={() => change.mutate()}>
            {t(state === 'on' ? 'push.turnOff' : 'push.turnOn')}
          </button>
        </div>
      )}
    </>
  );
}
