import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortId } from './board-page.js';
import type { CaseRecord, Contact, Known } from './case.js';
import { ContactFilters } from './contact-filters.js';
import { ContactPanel } from './contact-panel.js';
import { ContactTable } from './contact-table.js';
import { useVenues } from './desk.js';
import { ExportButtons } from './export-buttons.js';
import { useCaseStays } from './timeline.js';
import { everybody, isWanted, zonesOf } from './wanted.js';

/** Loaded by those who look at it. */
const ExposureGraph = lazy(() => import('./exposure-graph.js'));

interface Props {
  record: CaseRecord;
  contacts: Contact[] | undefined;
  isLoading: boolean;
  known: Known;
}

const none: Contact[] = [];

/** The contacts of a case, ranked by dose, and why each of them is one. */
export function ContactsCard({ record, contacts = none, isLoading, known }: Props) {
  const { t, i18n: text } = useTranslation('officer');
  const [wanted, setWanted] = useState(everybody);
  const [chosen, setChosen] = useState<string>();
  const [isGraph, setGraph] = useState(false);
  const stays = useCaseStays(record).stays.data;
  const zoneOf = useMemo(() => zonesOf(stays ?? []), [stays]);
  const shown = useMemo(() => contacts.filter((one) => isWanted(one, wanted, zoneOf)), [contacts, wanted, zoneOf]);
  const venues = useVenues(
    useMemo(
      () => contacts.flatMap(({ witness, encounters }) => [witness, ...encounters].map(({ venue }) => venue)),
      [contacts],
    ),
  );
  const placeOf = useCallback((id: string) => venues?.get(id)?.name ?? '…', [venues]);
  const contact = contacts.find(({ person }) => person === chosen);
  return (
    <section className="card stack contacts" aria-labelledby="contacts">
      <div className="row spread">
        <h2 id="contacts">
          {t('contacts.title')} <span className="soft number">{shown.length.toLocaleString(text.language)}</span>
        </h2>
        <ExportButtons record={record} contacts={shown} known={known} placeOf={placeOf} />
      </div>
      <div className="row" role="group" aria-label={t('contacts.filter')}>
        <ContactFilters contacts={contacts} placeOf={placeOf} zoneOf={zoneOf} wanted={wanted} change={setWanted} />
        <button className="button small choice" aria-pressed={isGraph} onClick={() => setGraph(!isGraph)}>
          {t('graph.show')}
        </button>
      </div>
      <div className={contact ? 'with-panel' : undefined}>
        {shown.length === 0 ? (
          <Nobody why={isLoading ? 'board.loading' : contacts.length === 0 ? 'contacts.none' : 'contacts.noneWanted'} />
        ) : isGraph ? (
          <Suspense fallback={<p role="status">{t('board.loading')}</p>}>
            <ExposureGraph
              person={record.person}
              contacts={shown}
              known={known}
              placeOf={placeOf}
              choose={setChosen}
              fileName={`vetxanh-${shortId(record.id)}`}
            />
          </Suspense>
        ) : (
          <ContactTable contacts={shown} known={known} placeOf={placeOf} chosen={chosen} choose={setChosen} />
        )}
        {contact && (
          <ContactPanel
            contact={contact}
            record={record}
            known={known}
            placeOf={placeOf}
            close={() => setChosen(undefined)}
          />
        )}
      </div>
    </section>
  );
}

/** Why no row is there. */
function Nobody({ why }: { why: 'board.loading' | 'contacts.none' | 'contacts.noneWanted' }) {
  const { t } = useTranslation('officer');
  return (
    <p className="soft" role="status">
      {t(why)}
    </p>
  );
}
