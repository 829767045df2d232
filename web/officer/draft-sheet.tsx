import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Wrong } from '../shared/page.js';
import { Sheet } from '../shared/sheet.js';
import { minuteOf } from './date-fields.js';
import { useChange } from './desk.js';
import { edited, type Edit } from './edited.js';
import type { Draft, Policy } from './policy.js';

const dayMs = 86_400_000;

interface Props {
  policy: Policy;
  close: () => void;
  made: (id: string) => void;
}

/** A next version of a policy: its numbers as fields, its rules of colours as they are. */
export function DraftSheet({ policy, close, made }: Props) {
  const { t } = useTranslation(['officer', 'shared']);
  const { contact } = policy;
  const [edit, setEdit] = useState<Edit>(() => ({
    version: '',
    // Three days ahead leaves the 48 hours that raising a level takes.
    validFrom: minuteOf(new Date(Date.now() + 3 * dayMs).toISOString()).replace(/T.*/, 'T00:00'),
    minMinutes: contact.minMinutes,
    beforeDays: contact.infectious.beforeDays,
    afterDays: contact.infectious.afterDays,
    maxLevel: contact.maxLevel,
  }));
  const save = useChange(
    (asking, body: object, key) => asking<Draft>('POST /policies/drafts', { body, key }),
    ({ id }) => made(id),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(edited(policy, edit));
  };
  return (
    <Sheet title={t('drafts.from', { name: `${policy.id} ${policy.version}` })} close={close}>
      <form className="stack" onSubmit={submit}>
        <label className="field">
          <span>{t('drafts.version')}</span>
          <input
            className="input"
            name="version"
            required
            maxLength={32}
            value={edit.version}
            onChange={(event) => setEdit({ ...edit, version: event.target.value })}
          />
        </label>
        <label className="field">
          <span>{t('drafts.validFrom')}</span>
          <input
            className="input"
            type="datetime-local"
            required
            value={edit.validFrom}
            onChange={(event) => setEdit({ ...edit, validFrom: event.target.value })}
          />
        </label>
        <div className="dates">
          {(['minMinutes', 'beforeDays', 'afterDays', 'maxLevel'] as const).map((name) => (
            <label key={name} className="field">
              <span>{t(`drafts.field.${name}`)}</span>
              <input
                className="input"
                name={name}
                type="number"
                min={name === 'maxLevel' ? 1 : 0}
                max={name === 'maxLevel' ? 5 : undefined}
                required
                value={edit[name]}
                onChange={(event) => setEdit({ ...edit, [name]: Number(event.target.value) })}
              />
            </label>
          ))}
        </div>
        <p className="soft small">{t('drafts.rest')}</p>
        <Wrong error={save.error} />
        <button className="button main" disabled={save.isPending}>
          {save.isPending ? t('shared:working') : t('drafts.save')}
        </button>
      </form>
    </Sheet>
  );
}
