import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { normalisePhone } from '../../src/domain/identity/phone.js';
import { Wrong } from '../shared/page.js';
import { useAsk, type Person } from './desk.js';

/** People shown of one search; more than that asks for another word (assumption). */
const mostFound = 20;

/** What a typed text asks for: digits are a paper or a phone, a word with digits is an id, words are a name. */
export function askFor(text: string): string {
  const typed = text.trim();
  const digits = typed.replace(/[\s.-]/g, '');
  const query = (field: string, value: string) => new URLSearchParams({ [field]: value }).toString();
  if (/^\d{12}$/.test(digits)) return query('identifier', `cccd:${digits}`);
  const phone = normalisePhone(typed);
  if (phone !== undefined) return query('identifier', `phone:${phone}`);
  if (/^\d{9}$/.test(digits)) return query('identifier', `cmnd:${digits}`);
  if (/[\d:]/.test(typed) && !/\s/.test(typed)) return query('identifier', typed);
  return query('name', typed);
}

interface Props {
  purpose: string;
  picked: (person: Person) => void;
  label: string;
}

/** Finds somebody by an identifier or by words of their name; each search is recorded with its purpose. */
export function PersonSearch({ purpose, picked, label }: Props) {
  const { t } = useTranslation('officer');
  const askAs = useAsk();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<string>();
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
      </form>
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
  const papers = person.identifiers.map(({ system, value }) => `${system} ${value}`);
  return (
    <span className="person-line">
      <b>{person.name ?? t('person.noName')}</b>
      <span className="soft small number">
        {[person.birthDate && showBirth(person.birthDate), person.phone, ...papers].filter(Boolean).join(' · ')}
      </span>
    </span>
  );
}

/** A birth date as far as it is known, in the reader's order. */
export const showBirth = (date: string): string => date.split('-').reverse().join('/');
