import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { CodeSheet } from './code-sheet.js';
import { useAsk, type Person } from './desk.js';
import { askFor } from './search-words.js';

/** People shown of one search; more than that asks for another word (assumption). */
const mostFound = 20;

interface Props {
  purpose: string;
  picked: (person: Person) => void;
  label: string;
}

/** Finds somebody by an identifier, a code that is scanned, or words of their name; each search is recorded with its purpose. */
export function PersonSearch({ purpose, picked, label }: Props) {
  const { t } = useTranslation('officer');
  const askAs = useAsk();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<string>();
  const [isScanning, setScanning] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const found = useQuery({
    queryKey: ['search', asked, purpose],
    queryFn: async () =>
      await askAs<{ items: Person[]; next: string | null }>(`GET /people?${asked}&limit=${mostFound}`, { purpose }),
    enabled: asked !== undefined,
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) setAsked(askFor(text));
  };
  const scanned = (query: string) => {
    setScanning(false);
    setText('');
    setAsked(query);
  };
  return (
    <div className="stack tight">
      <form className="row" role="search" onSubmit={submit}>
        <label className="field grow">
          <span>{label}</span>
          <input
            ref={field}
            className="input"
            type="search"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
            aria-describedby="search-hint"
          />
          <span id="search-hint" className="hint">
            {t('search.hint')}
          </span>
        </label>
        <button className="button small">{t('search.find')}</button>
        <button type="button" className="button small" onClick={() => setScanning(true)}>
          {t('search.scan')}
        </button>
      </form>
      {isScanning && <CodeSheet scanned={scanned} close={() => setScanning(false)} />}
      <Wrong error={found.error} />
      <p role="status" className="visually-hidden">
        {found.data && t('search.count', { count: found.data.items.length })}
      </p>
      {found.data?.items.length === 0 && <p className="message notice">{t('search.none')}</p>}
      <ul className="found">
        {found.data?.items.map((person) => (
          <li key={person.id}>
            <button onClick={() => picked(person)}>
              <PersonLine person={person} />
            </button>
          </li>
        ))}
      </ul>
      {found.data?.next && <p className="soft small">{t('search.more')}</p>}
    </div>
  );
}

/** Who somebody is, in one line that tells them from others of their name. */
export function PersonLine({ person }: { person: Person }) {
  const { t } = useTranslation('officer');
  const papers = usePapers()(person);
  return (
    <span className="person-line">
      <b>{person.name ?? t('person.noName')}</b>
      <span className="soft small number">
        {[person.birthDate && showBirth(person.birthDate), person.phone, ...papers].filter(Boolean).join(' · ')}
      </span>
    </span>
  );
}

/** What somebody is known by, each with its kind. */
export function usePapers(): (of: Pick<Person, 'identifiers'>) => string[] {
  const { t } = useTranslation('officer');
  return ({ identifiers }) => identifiers.map(({ system, value }) => `${t(`person.system.${system}`)} ${value}`);
}

/** A birth date as far as it is known, in the reader's order. */
export const showBirth = (date: string): string => date.split('-').reverse().join('/');
