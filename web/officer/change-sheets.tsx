import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { colours, type Colour } from '../../src/domain/admission.js';
import type { Changes } from '../../src/domain/policy/what-if.js';
import { Shape } from '../shared/mark.js';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { useFaces, type CaseRecord } from './case.js';
import { DateFields, minuteOf, readDates, type DateTexts } from './date-fields.js';
import { tracing, useAsk, useChange } from './desk.js';
import { LevelChips } from './levels.js';

interface Preview {
  counts: Record<string, number>;
  looked: number;
  changed: number;
  changes: Changes;
  people: { person: string; from: Colour; to: Colour }[];
}

/** People of a preview who are named (assumption). */
const mostNamed = 8;

interface SheetProps {
  record: CaseRecord;
  close: () => void;
}

/** Takes a case back, after a look at whose colour that changes. */
export function RetractSheet({ record: { id }, close }: SheetProps) {
  const { t } = useTranslation(['officer', 'shared']);
  const [reason, setReason] = useState('');
  const retract = useChange(
    (asking, why: string, key) => asking(`POST /cases/${id}/retract`, { body: { reason: why }, key }),
    close,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    retract.mutate(reason);
  };
  return (
    <Sheet title={t('retract.title')} close={close}>
      <form className="stack" onSubmit={submit}>
        <ChangePreview id={id} body={{ retract: true }} />
        <label className="field">
          <span>{t('retract.reason')}</span>
          <input
            className="input"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <Wrong error={retract.error} />
        <button className="button main" disabled={!reason.trim() || retract.isPending}>
          {retract.isPending ? t('shared:working') : t('retract.do')}
        </button>
      </form>
    </Sheet>
  );
}

/** Other dates of a case, after a look at whose colour they change. */
export function AmendSheet({ record, close }: SheetProps) {
  const { t } = useTranslation(['officer', 'shared']);
  const [dates, setDates] = useState<DateTexts>(() => ({
    onset: record.onset ? minuteOf(record.onset).slice(0, 10) : '',
    sampledAt: record.sampledAt ? minuteOf(record.sampledAt) : '',
    isolatedAt: record.isolatedAt ? minuteOf(record.isolatedAt) : '',
  }));
  const read = readDates(dates);
  const isReady = read !== undefined && ('onset' in read || 'sampledAt' in read);
  const body = { onset: null, sampledAt: null, isolatedAt: null, ...read };
  const amend = useChange((asking, given: typeof body) => asking(`PATCH /cases/${record.id}`, { body: given }), close);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    amend.mutate(body);
  };
  return (
    <Sheet title={t('amend.title')} close={close}>
      <form className="stack" onSubmit={submit}>
        <DateFields dates={dates} change={setDates} />
        {isReady ? <ChangePreview id={record.id} body={body} /> : <p className="soft">{t('confirm.needsDate')}</p>}
        <Wrong error={amend.error} />
        <button className="button main" disabled={!isReady || amend.isPending}>
          {amend.isPending ? t('shared:working') : t('amend.do')}
        </button>
      </form>
    </Sheet>
  );
}

/** Whose colour a change of a case would change. */
function ChangePreview({ id, body }: { id: string; body: object }) {
  const { t } = useTranslation(['officer', 'shared']);
  const askAs = useAsk();
  const { faces, see } = useFaces(tracing(id));
  const preview = useQuery({
    queryKey: ['change', id, body],
    queryFn: () => askAs<Preview>(`POST /cases/${id}/preview`, { body, purpose: tracing(id) }),
    placeholderData: (known) => known,
    retry: false,
    gcTime: 0,
  });
  const named = preview.data?.people.slice(0, mostNamed);
  useEffect(() => {
    if (named) see(named.map(({ person }) => person));
  }, [preview.data]);
  return (
    <div className="preview stack tight" aria-live="polite" aria-busy={preview.isFetching}>
      <h3>{t('change.title')}</h3>
      <Wrong error={preview.error} />
      {!preview.data && !preview.error && <p className="soft">{t('change.counting')}</p>}
      {preview.data && (
        <>
          <p>{t('change.changed', { count: preview.data.changed, looked: preview.data.looked })}</p>
          <ChangeList changes={preview.data.changes} />
          {Object.keys(preview.data.counts).length > 0 && (
            <p className="row">
              {t('change.contacts')} <LevelChips counts={preview.data.counts} />
            </p>
          )}
          <ul className="small soft">
            {named?.map(({ person, from, to }) => (
              <li key={person}>
                {faces.get(person)?.person?.name ?? '…'}: {t(`shared:colour.${from}`)} → {t(`shared:colour.${to}`)}
              </li>
            ))}
            {preview.data.changed > mostNamed && (
              <li>{t('change.more', { count: preview.data.changed - mostNamed })}</li>
            )}
          </ul>
        </>
      )}
    </div>
  );
}

/** People from one colour to another, one line for each pair that is another colour. */
export function ChangeList({ changes }: { changes: Changes }) {
  const { t, i18n: text } = useTranslation('officer');
  const pairs = colours.flatMap((from) =>
    colours.flatMap((to) => {
      const count = changes[from]?.[to] ?? 0;
      return from !== to && count > 0 ? [{ from, to, count }] : [];
    }),
  );
  return (
    <ul className="changes">
      {pairs.map(({ from, to, count }) => (
        <li key={`${from}${to}`}>
          <b className="number">{count.toLocaleString(text.language)}</b>
          <ColourWord colour={from} /> → <ColourWord colour={to} />
        </li>
      ))}
      {pairs.length === 0 && <li className="soft">{t('change.nobody')}</li>}
    </ul>
  );
}

/** A colour with its shape and its word, so that it is never alone. */
export function ColourWord({ colour }: { colour: Colour }) {
  const { t } = useTranslation('shared');
  return (
    <span className={`colour-word ${colour}`}>
      <Shape tone={colour} />
      {t(`colour.${colour}`)}
    </span>
  );
}
