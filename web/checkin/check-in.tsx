import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readVenueCode } from '../../src/domain/codes/venue-code.js';
import { useAbout } from '../shared/about.js';
import { ask, newId, Refusal } from '../shared/api.js';
import { showInstant } from '../shared/i18n.js';
import { LogIn } from '../shared/log-in.js';
import { Shape } from '../shared/mark.js';
import { Wrong } from '../shared/page.js';
import { phoneSession } from '../shared/session.js';

type Direction = 'in' | 'out';
interface Place {
  name: string;
  kind: 'restaurant';
}

/** One's own check-in: opened by the link on a poster, or on the screen beside a door. */
export function CheckIn({ address }: { address: string }) {
  const { t } = useTranslation(['checkin', 'shared']);
  const [session, setSession] = useState(phoneSession.read);
  // A language chosen by the address is no part of the code.
  const link = address.replace(/[?&]lang=\w+/, '').replace(/#.*$/, '');
  const code = readVenueCode(link);
  const place = useQuery({
    queryKey: ['poster', code?.code],
    queryFn: () => ask<Place>(`GET /posters/${code!.code}`),
    enabled: code !== undefined,
    staleTime: Infinity,
  });
  const isUnknown = !code || (place.error instanceof Refusal && place.error.status === 404);
  if (isUnknown) {
    return (
      <main className="narrow stack">
        <h1>{t('unknown')}</h1>
        <p>{t('unknownText')}</p>
      </main>
    );
  }
  return (
    <main className="narrow stack">
      {place.isPending && <p role="status">{t('looking')}</p>}
      <Wrong error={place.error} />
      {place.data && (
        <header className="place">
          <p className="soft">{t('at')}</p>
          {session ? <h1>{place.data.name}</h1> : <p className="name">{place.data.name}</p>}
          <p className="row">
            <span className="chip">{t(`shared:kind.${place.data.kind}`)}</span>
            <span className="chip">{t(code.rotating ? 'screenTrust' : 'posterTrust')}</span>
          </p>
        </header>
      )}
      {place.data && !session && <LogIn title={t('logIn')} why={t('logInWhy')} done={setSession} />}
      {place.data && session && (
        <Pass
          token={session.token}
          link={link}
          leave={() => {
            phoneSession.end();
            setSession(undefined);
          }}
        />
      )}
    </main>
  );
}

/** In or out, and that it was noted. */
function Pass({ token, link, leave }: { token: string; link: string; leave: () => void }) {
  const { t } = useTranslation('checkin');
  const about = useAbout();
  const pass = useMutation({
    mutationFn: async ({ direction, key }: { direction: Direction; key: string }) => {
      const body = { venueCode: link, direction };
      const { settled } = await ask<{ settled: boolean }>('POST /me/stays', { token, body, key });
      return { direction, settled, at: Date.now() };
    },
    onError: (error) => error instanceof Refusal && error.status === 401 && leave(),
  });
  if (pass.data) {
    const { direction, settled, at } = pass.data;
    return (
      <section className="stack noted" role="status">
        <Shape tone="green" className="shape" />
        <h2>{t(`done.${direction}`)}</h2>
        <p className="number">{showInstant(at)}</p>
        {!settled && <p className="soft">{t('later')}</p>}
        {direction === 'in' && <p>{t('remember')}</p>}
        <button className="button" onClick={() => pass.reset()}>
          {t('again')}
        </button>
        <a className="button quiet small" href="/citizen">
          {t('toCard')}
        </a>
      </section>
    );
  }
  return (
    <section className="stack">
      <div className="pass">
        {(['in', 'out'] as const).map((direction) => (
          <button
            key={direction}
            className={direction === 'in' ? 'button main' : 'button'}
            disabled={pass.isPending}
            onClick={() => pass.mutate({ direction, key: newId() })}
          >
            {t(direction)}
          </button>
        ))}
      </div>
      <Wrong error={pass.error} />
      {about && <p className="soft small">{t('privacy', { days: about.retentionDays })}</p>}
      <a className="button quiet small" href="/citizen">
        {t('toCard')}
      </a>
      <button className="button quiet small" onClick={leave}>
        {t('otherAccount')}
      </button>
    </section>
  );
}
