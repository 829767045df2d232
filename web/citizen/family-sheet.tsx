import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import type { Dependant } from './kept.js';
import { useChange } from './own.js';

interface Props {
  dependants: Dependant[];
  close: () => void;
  removed: () => void;
}

/** Children and elderly people whose cards are shown on this phone: told of, and let go. */
export function FamilySheet({ dependants, close, removed }: Props) {
  const { t } = useTranslation('citizen');
  const [sure, setSure] = useState<string>();
  const remove = useChange<{ id: string }>(({ id }) => `DELETE /me/dependants/${id}`, ['family']);
  return (
    <Sheet title={t('family.title')} close={close}>
      <p className="soft">{t('family.text')}</p>
      <ul className="lines">
        {dependants.map(({ id, name }) => (
          <li key={id} className="row spread">
            <span>{name ?? t('family.noName')}</span>
            <button
              className="button danger small"
              disabled={remove.isPending}
              onClick={() => {
                if (sure !== id) return setSure(id);
                removed();
                remove.mutate({ id });
              }}
            >
              {t(sure === id ? 'family.removeSure' : 'family.remove')}
            </button>
          </li>
        ))}
      </ul>
      <Wrong error={remove.error} />
      <AddDependant />
    </Sheet>
  );
}

function AddDependant() {
  const { t } = useTranslation('citizen');
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const add = useChange<{ name: string; birthDate?: string }>(() => 'POST /me/dependants', ['family']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { name: name.trim(), ...(birthDate && { birthDate }) },
      {
        onSuccess: () => {
          setName('');
          setBirthDate('');
        },
      },
    );
  };
  return (
    <form className="stack" onSubmit={submit}>
      <h3>{t('family.add')}</h3>
      <label className="field">
        <span>{t('family.name')}</span>
        <input
          className="input"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t('family.birthDate')}</span>
        <input className="input" type="date" value={birthDate} onChange={(event) => setBirthDate(event.target.value)} />
      </label>
      <Wrong error={add.error} />
      {add.isSuccess && (
        <p className="message fine" role="status">
          {t('family.added')}
        </p>
      )}
      <button className="button main" disabled={add.isPending}>
        {t('family.save')}
      </button>
    </form>
  );
}
