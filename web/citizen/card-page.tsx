import { toString as toSvg } from 'qrcode';
import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showTime } from '../shared/i18n.js';
import { Shape } from '../shared/mark.js';
import { useSeconds, useWakeLock } from '../shared/screen.js';
import { ColourPanel } from './colour-panel.js';
import { FamilySheet } from './family-sheet.js';
import type { Dependant } from './kept.js';
import { useCard, useFamily, useMe } from './own.js';
import { PushCard } from './push-card.js';

/** Home: the colour, the card, and the cards of those one looks after. */
export function CardPage({ isLive }: { isLive: boolean }) {
  const me = useMe();
  const family = useFamily(isLive);
  const [at, setAt] = useState(0);
  const [isManaging, setManaging] = useState(false);
  const dependants = family.data ?? [];
  const shown = at === 0 ? undefined : dependants[at - 1];
  const swipe = useSwipe((step) => setAt(Math.max(0, Math.min(dependants.length, at + step))));
  useWakeLock();
  return (
    <>
      <ColourPanel isLive={isLive} />
      <section className="passes stack" {...swipe}>
        <Members dependants={dependants} at={at} choose={setAt} manage={() => setManaging(true)} />
        {me.data && (
          <Pass
            key={shown?.id ?? me.data.id}
            person={shown?.id ?? me.data.id}
            holder={shown ?? me.data}
            dependant={shown}
          />
        )}
      </section>
      <PushCard />
      {isManaging && <FamilySheet dependants={dependants} close={() => setManaging(false)} removed={() => setAt(0)} />}
    </>
  );
}

function Members(of: { dependants: Dependant[]; at: number; choose: (at: number) => void; manage: () => void }) {
  const { t } = useTranslation('citizen');
  return (
    <div className="row members" role="group" aria-label={t('family.label')}>
      {[undefined, ...of.dependants].map((one, at) => (
        <button
          key={one?.id ?? 'me'}
          className="button small"
          aria-pressed={at === of.at}
          onClick={() => of.choose(at)}
        >
          {one ? (one.name ?? t('family.noName')) : t('family.me')}
        </button>
      ))}
      <button className="button quiet small" onClick={of.manage}>
        {t('family.manage')}
      </button>
    </div>
  );
}

interface Holder {
  name: string | null;
  birthDate: string | null;
}

/** The rotating code of one person, with a ring that shows the time it has left. */
function Pass({ person, holder, dependant }: { person: string; holder: Holder; dependant: Dependant | undefined }) {
  const { t } = useTranslation(['citizen', 'shared']);
  const now = useSeconds();
  const card = useCard(person, dependant === undefined);
  const svg = useQuery({
    queryKey: ['qr', card.data?.code],
    queryFn: () => toSvg(card.data!.code, { type: 'svg', margin: 0, errorCorrectionLevel: 'L' }),
    enabled: card.data !== undefined,
    staleTime: Infinity,
  });
  const left = card.data ? card.data.until - now : 0;
  // One that is about to be renewed is no reason for alarm: the page was just opened.
  const isOld = left <= 0;
  const isWaiting = isOld && card.isFetching && !card.error;
  return (
    <article className="pass-card" aria-label={t('card.label')}>
      <div className="code">
        {card.data && <Ring part={Math.max(0, left / (card.data.until - card.data.since))} />}
        {svg.data && (
          <img
            className={isOld ? 'over' : ''}
            src={`data:image/svg+xml,${encodeURIComponent(svg.data)}`}
            alt={t('card.qr')}
            data-code={card.data!.code}
          />
        )}
        {isOld && card.data && !isWaiting && <p className="old">{t('card.old')}</p>}
      </div>
      <h2>{holder.name ?? t('card.noName')}</h2>
      {holder.birthDate && (
        <p className="number">{t('card.born', { date: holder.birthDate.split('-').reverse().join('/') })}</p>
      )}
      {dependant && (
        <p className={`chip tone ${dependant.colour}`}>
          <Shape tone={dependant.colour} /> {t(`shared:colour.${dependant.colour}`)}
        </p>
      )}
      {card.data && !isWaiting && (
        <p className="number" role={isOld ? 'alert' : undefined}>
          {isOld ? t('card.oldText') : t('card.good', { time: showTime(card.data.until) })}
        </p>
      )}
      {(!card.data || isWaiting) && <p role="status">{card.error ? t('card.oldText') : t('card.loading')}</p>}
      {!isOld && card.error && <p className="small">{t('card.offline')}</p>}
    </article>
  );
}

/** Around the code, drawn from the top: what is left of its minute. */
const Ring = ({ part }: { part: number }) => (
  <svg className="ring" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect x="1.500" y="1.500" width="97" height="97" rx="7" pathLength="100" className="way" />
    <rect x="1.500" y="1.500" width="97" height="97" rx="7" pathLength="100" strokeDasharray={`${part * 100} 100`} />
  </svg>
);

/** How far a finger moves before it is a swipe, in pixels (assumption). */
const swipePx = 60;

/** Left is on, right is back. */
function useSwipe(turn: (step: 1 | -1) => void) {
  const from = useRef<{ x: number; y: number }>(undefined);
  useEffect(() => () => void (from.current = undefined), []);
  return {
    onTouchStart: ({ touches }: React.TouchEvent) => {
      from.current = { x: touches[0]!.clientX, y: touches[0]!.clientY };
    },
    onTouchEnd: ({ changedTouches }: React.TouchEvent) => {
      const [x, y] = [
        changedTouches[0]!.clientX - (from.current?.x ?? 0),
        changedTouches[0]!.clientY - (from.current?.y ?? 0),
      ];
      if (Math.abs(x) > swipePx && Math.abs(x) > Math.abs(y)) turn(x < 0 ? 1 : -1);
    },
  };
}
