import { useEffect, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { shortId } from './board-page.js';
import { CallSheet, PhoneLink } from './call-sheet.js';
import type { ToCall } from '../../src/domain/call.js';
import { useFaces, type Face } from './case.js';
import { useVenues } from './desk.js';
import { ReadOnList, useReadOn } from './read-on.js';

/** People a page of the list holds: nobody's name is read that nobody looks at (assumption). */
const perPage = 25;

/** Telling somebody that they are a contact, to test and to stay home, is care (src/reads.ts). */
const purpose = 'care';

/** Whom to call, in which order, and why; whoever was reached is gone from the list. */
export function CallsPage() {
  const { t } = useTranslation('officer');
  const [chosen, setChosen] = useState<string>();
  const calls = useReadOn<ToCall>('calls', { limit: perPage, purpose });
  const { items } = calls;
  const { faces, see } = useFaces(purpose);
  const people = items.map(({ person }) => person).join();
  useEffect(() => {
    if (people) see(people.split(','));
  }, [people, see]);
  const venues = useVenues(items.map(({ exposures }) => exposures[0]!.venue));
  const nameOf = useNameOf(faces);
  return (
    <>
      <h1>{t('calls.title')}</h1>
      <p className="soft">{t('calls.why')}</p>
      <ReadOnList of={calls} none={t('calls.none')} more={t('calls.more')}>
        <div className="scroll whole" tabIndex={0} role="group" aria-label={t('calls.title')}>
          <table className="list stacked calls">
            <thead>
              <tr>
                <th scope="col">{t('contacts.column.person')}</th>
                <th scope="col">{t('contacts.column.dose')}</th>
                <th scope="col">{t('calls.column.why')}</th>
                <th scope="col">{t('calls.column.tries')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('calls.column.do')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <Row
                  key={one.person}
                  one={one}
                  name={nameOf(one.person)}
                  face={faces.get(one.person)}
                  place={venues?.get(one.exposures[0]!.venue)?.name ?? '…'}
                  press={() => setChosen(one.person)}
                />
              ))}
            </tbody>
          </table>
        </div>
      </ReadOnList>
      {chosen && (
        <CallSheet person={chosen} name={nameOf(chosen)} face={faces.get(chosen)} close={() => setChosen(undefined)} />
      )}
    </>
  );
}

/** A name, or why there is none. */
function useNameOf(faces: ReadonlyMap<string, Face>): (person: string) => string {
  const { t } = useTranslation('officer');
  return (person) => {
    const face = faces.get(person);
    if (!face) return '…';
    return face.person ? (face.person.name ?? t('person.noName')) : t('person.elsewhere');
  };
}

interface RowProps {
  one: ToCall;
  name: string;
  face: Face | undefined;
  place: string;
  press: () => void;
}

/** One person: who, how much of the disease they may have breathed, why, and what became of earlier calls. */
function Row({ one: { person, dose, exposures, tries }, name, face, place, press }: RowProps) {
  const { t } = useTranslation('officer');
  const [first] = exposures;
  const [last] = tries;
  return (
    <tr data-person={person}>
      <th scope="row">
        <a href={`#/person/${person}`}>{name}</a>
        <span className="line small">
          {face?.person ? <PhoneLink phone={face.person.phone} /> : face && t('calls.elsewhere')}
        </span>
      </th>
      <td className="number end" data-name={t('contacts.column.dose')}>
        {dose.toFixed(1)}
      </td>
      <td>
        <Trans
          t={t}
          i18nKey="calls.met"
          values={{ id: shortId(first!.case), place, count: first!.minutes, at: showInstant(first!.lastAt) }}
          components={{ case: <a href={`#/case/${first!.case}`} /> }}
        />{' '}
        {exposures.length > 1 && t('calls.also', { count: exposures.length - 1 })}
      </td>
      <td data-name={t('calls.column.tries')}>
        {last ? (
          <>
            {t(`calls.outcome.${last.outcome}`)} <span className="soft small number">{showInstant(last.at)}</span>
            {last.note && <span className="line small">{last.note}</span>}
          </>
        ) : (
          <span className="soft">{t('calls.notTried')}</span>
        )}
      </td>
      <td>
        <button className="button small" onClick={press} aria-label={`${t('calls.called')}: ${name}`}>
          {t('calls.called')}
        </button>
      </td>
    </tr>
  );
}
