import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Colour } from '../../src/domain/admission.js';
import { showInstant } from '../shared/i18n.js';
import { Wrong } from '../shared/page.js';
import { shortId } from './board-page.js';
import type { Call } from '../../src/domain/call.js';
import type { Contact, Stay } from './case.js';
import { ColourWord } from './change-sheets.js';
import { useAsk, useMay, type Person } from './desk.js';
import { LinksCard } from './links-card.js';
import { useShown } from './repair-table.js';
import { levelName } from './levels.js';

/** Stays that are shown of somebody who is no case (assumption). */
const mostStays = 50;
const mostExposures = 500;

interface Status {
  colour: Colour;
  rule: string;
  text: Record<string, string>;
  nextChangeAt: string | null;
  policy: { id: string; version: string } | null;
}

/** One person: who, which colour and why, the cases they met, where they were, and whom they are linked to. */
export function PersonPage({ id }: { id: string }) {
  const { t, i18n: text } = useTranslation('officer');
  const mayTrace = useMay('tracer', 'head');
  const read = useRead(id);
  const person = read<Person>('person', `GET /people/${id}`);
  const status = read<Status>('status', `GET /people/${id}/status`);
  const exposures = read<{ items: (Contact & { case: string })[] }>(
    'exposures',
    `GET /people/${id}/exposures?limit=${mostExposures}`,
    mayTrace,
  );
  const calls = read<{ items: Call[] }>('calls', `GET /people/${id}/calls`, mayTrace);
  const stays = read<{ items: Stay[] }>('stays', `GET /people/${id}/stays?limit=${mostStays}`);
  if (!person.data) return person.error ? <Wrong error={person.error} /> : <p role="status">{t('board.loading')}</p>;
  return (
    <>
      <section className="card stack">
        <div className="row spread">
          <h1>{person.data.name ?? t('person.noName')}</h1>
          {status.data && <ColourWord colour={status.data.colour} />}
        </div>
        <Facts person={person.data} />
        {status.data && (
          <p>
            {status.data.text[text.language] ?? status.data.text['vi']}{' '}
            <span className="soft small">
              {status.data.policy && `${status.data.policy.id} ${status.data.policy.version}, ${status.data.rule}`}
              {status.data.nextChangeAt && ` · ${t('person.until', { at: showInstant(status.data.nextChangeAt) })}`}
            </span>
          </p>
        )}
        <Wrong error={status.error} />
      </section>
      <div className="board-grid">
        <section className="card stack">
          <h2>{t('person.stays')}</h2>
          <Wrong error={stays.error} />
          {stays.data?.items.length === 0 && <p className="soft">{t('person.noStays')}</p>}
          <ul className="events">
            {stays.data?.items.map((stay) => (
              <li key={stay.id}>
                <b className="grow">{stay.venue.name}</b>
                <span className="number small">
                  {showInstant(stay.in)} – {showInstant(stay.out)}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <div className="stack">
          {mayTrace && (
            <section className="card stack">
              <h2>{t('person.exposures')}</h2>
              <Wrong error={exposures.error} />
              {exposures.data?.items.length === 0 && <p className="soft">{t('person.noExposures')}</p>}
              <ul className="events">
                {exposures.data?.items.map(({ case: of, level, minutes, lastAt }) => (
                  <li key={of}>
                    <span className={`level l${level}`}>{levelName(level)}</span>
                    <a className="grow number" href={`#/case/${of}`}>
                      {t('case.of', { id: shortId(of) })}
                    </a>
                    <span className="small number">
                      {t('why.minutes', { count: minutes })} · {showInstant(lastAt)}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {mayTrace && <CallsCard calls={calls.data?.items} error={calls.error} />}
          <LinksCard id={id} />
        </div>
      </div>
    </>
  );
}

/** The calls that were made to somebody, the last first. */
function CallsCard({ calls, error }: { calls: Call[] | undefined; error: Error | null }) {
  const { t } = useTranslation('officer');
  return (
    <section className="card stack">
      <h2>{t('person.calls')}</h2>
      <Wrong error={error} />
      {calls?.length === 0 && <p className="soft">{t('person.noCalls')}</p>}
      <ul className="events">
        {calls?.map(({ outcome, at, note }) => (
          <li key={at}>
            <span className="grow">
              <b>{t(`calls.outcome.${outcome}`)}</b>
              {note && <span className="line small">{note}</span>}
            </span>
            <span className="soft small number">{showInstant(at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is known of who somebody is. */
function Facts({ person }: { person: Person }) {
  const { t } = useTranslation('officer');
  const show = useShown();
  return (
    <dl className="facts">
      {(['birthDate', 'gender', 'phone', 'identifiers'] as const).map((field) => (
        <div key={field}>
          <dt>{t(`person.field.${field}`)}</dt>
          <dd>{show(person, field) || '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Reads of one person, each recorded as care. */
function useRead(id: string) {
  const askAs = useAsk();
  return <T,>(part: string, request: string, isMine = true) =>
    useQuery({
      queryKey: ['person', id, part],
      queryFn: () => askAs<T>(request, { purpose: 'care' }),
      enabled: isMine,
      retry: false,
    });
}
