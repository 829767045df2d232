import { useQuery } from '@tanstack/react-query';
import { toString as toSvg } from 'qrcode';
import { useTranslation } from 'react-i18next';
import { LanguageButton } from '../shared/page.js';
import { useSeconds, useWakeLock } from '../shared/screen.js';
import { useAsk, useVenue } from './api.js';

interface Shown {
  svg: string;
  url: string;
  /** When another code is due, by this device's clock. */
  dueAt: number;
}

/** A tablet beside the door: a code that changes every half minute, so that only who stands here can use it. */
export function DoorScreen({ id }: { id: string }) {
  const { t } = useTranslation('owner');
  const [askAs, venue] = [useAsk(), useVenue(id)];
  const now = useSeconds();
  const code = useQuery({
    queryKey: ['rotating', id],
    queryFn: async (): Promise<Shown> => {
      const { url, goodForMs } = await askAs<{ url: string; goodForMs: number }>(`GET /venues/${id}/rotating-code`);
      const svg = await toSvg(url, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
      // How long it is good for is the server's word: this device's clock may be wrong.
      return { svg, url, dueAt: Date.now() + goodForMs };
    },
    refetchInterval: ({ state }) => Math.max(1_000, (state.data?.dueAt ?? 0) - Date.now()),
    refetchIntervalInBackground: true,
  });
  useWakeLock();
  const isOver = code.data !== undefined && now > code.data.dueAt + slotMs;
  return (
    <main className="door-screen">
      <h1>{venue.data?.name ?? ''}</h1>
      <p>{t('screen.title')}</p>
      {code.data && (
        <img
          className={isOver ? 'over' : ''}
          src={`data:image/svg+xml,${encodeURIComponent(code.data.svg)}`}
          alt={t('screen.qr', { name: venue.data?.name ?? '' })}
          data-link={code.data.url}
        />
      )}
      <p className="number" role={isOver ? 'alert' : undefined}>
        {isOver || (code.error && !code.data)
          ? t('screen.lost')
          : code.data && t('screen.text', { seconds: Math.max(0, Math.ceil((code.data.dueAt - now) / 1_000)) })}
      </p>
      <div className="row">
        <a className="button small" href={`#/venue/${encodeURIComponent(id)}`}>
          {t('screen.back')}
        </a>
        <LanguageButton />
      </div>
    </main>
  );
}

/** The server changes the code at every whole half minute; the one before is good for another. */
const slotMs = 30_000;
