import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { Shape } from '../shared/mark.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { keep, readKept } from './kept.js';
import { useAsk, useMe, useStatusShown, whyThere, type OwnStatus } from './own.js';

interface Unit {
  code: string;
  name: string;
  parent: string | null;
}

/** The colour of here, or of a chosen place, big: shape, word and colour, and until when at least. */
export function ColourPanel({ isLive }: { isLive: boolean }) {
  const { t } = useTranslation('citizen');
  const [place, setPlace] = useState(() => readKept().place);
  const [isChoosing, setChoosing] = useState(false);
  const status = useStatusShown(isLive, place);
  const button = <PlaceButton name={place?.name} press={() => setChoosing(true)} />;
  return (
    <>
      {status.data ? (
        <ColourShown status={status.data} isLive={isLive} isThere={place !== undefined}>
          {button}
        </ColourShown>
      ) : (
        <section className="colour grey" aria-busy={status.error === null}>
          <div className="words">
            {status.error ? <Wrong error={status.error} /> : <p role="status">{t('card.loading')}</p>}
          </div>
          {place && <div className="row">{button}</div>}
        </section>
      )}
      {isChoosing && (
        <PlaceSheet
          close={() => setChoosing(false)}
          chosen={place?.code}
          choose={(unit) => {
            const chosen = unit && { code: unit.code, name: unit.name };
            keep({ place: chosen! });
            setPlace(chosen);
            setChoosing(false);
          }}
        />
      )}
    </>
  );
}

interface ShownProps {
  status: OwnStatus;
  isLive: boolean;
  /** It is that of a chosen place. */
  isThere: boolean;
  children: ReactNode;
}

function ColourShown({ status: { colour, nextChangeAt, at }, isLive, isThere, children }: ShownProps) {
  const { t } = useTranslation(['citizen', 'shared']);
  const isVerified = useMe().data?.verified;
  return (
    <section className={`colour ${colour}`} aria-live="polite">
      <Shape tone={colour} className="shape" />
      <div className="words">
        <h1>{t(`shared:colour.${colour}`)}</h1>
        <p>
          {nextChangeAt
            ? t('card.until', { time: showInstant(nextChangeAt) })
            : t(colour === 'grey' && !isVerified ? 'card.greyText' : 'card.noChange')}
        </p>
        {!isLive && <p>{t('card.asOf', { time: showInstant(at) })}</p>}
      </div>
      <div className="row">
        {children}
        <a className="button small" href={isThere ? whyThere : '#/why'}>
          {t('change.why')}
        </a>
      </div>
    </section>
  );
}

function PlaceButton({ name, press }: { name: string | undefined; press: () => void }) {
  const { t } = useTranslation('citizen');
  return (
    <button className="button small" onClick={press}>
      {name === undefined ? t('card.here') : t('card.there', { name })}
    </button>
  );
}

/** Provinces and cities, and those of a name; the rule of a place is that of the smallest part that has one. */
function PlaceSheet(of: { close: () => void; chosen: string | undefined; choose: (unit: Unit | undefined) => void }) {
  const { t } = useTranslation('citizen');
  const askAs = useAsk();
  const [word, setWord] = useState('');
  const units = useQuery({
    queryKey: ['units'],
    queryFn: async () => (await askAs<{ items: Unit[] }>('GET /units')).items,
    staleTime: Infinity,
  });
  const wanted = fold(word);
  const found = (units.data ?? []).filter(({ name, parent }) =>
    wanted === '' ? parent === null : fold(name).includes(wanted),
  );
  return (
    <Sheet title={t('place.title')} close={of.close}>
      <p className="soft">{t('place.text')}</p>
      <label className="field">
        <span>{t('place.search')}</span>
        <input className="input" value={word} onChange={(event) => setWord(event.target.value)} />
      </label>
      <Wrong error={units.error} />
      <ul className="choices">
        <li>
          <button aria-pressed={of.chosen === undefined} onClick={() => of.choose(undefined)}>
            {t('place.here')}
          </button>
        </li>
        {found.slice(0, mostShown).map((unit) => (
          <li key={unit.code}>
            <button aria-pressed={unit.code === of.chosen} onClick={() => of.choose(unit)}>
              {unit.name}
            </button>
          </li>
        ))}
      </ul>
      {units.data && found.length === 0 && <p role="status">{t('place.none')}</p>}
    </Sheet>
  );
}

/** As many as the country has provinces: more are found by a word (assumption). */
const mostShown = 63;

const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').trim();
