import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { venueKinds, type VenueKind } from '../../src/domain/stay/scan.js';
import { Wrong } from '../shared/page.js';
import { settings, type Setting, type VenueFields } from './api.js';
import { UnitField } from './unit-field.js';

/** Kinds that an owner may register: homes and vehicles are nobody's shop, checkpoints belong to the authorities. */
const kinds = venueKinds.filter((kind) => kind !== 'checkpoint' && kind !== 'home' && kind !== 'vehicle');

const fresh: VenueFields = { name: '', kind: 'restaurant', setting: 'closed', unit: null, capacity: null, zones: [] };

interface Props {
  given?: VenueFields;
  save: (fields: VenueFields) => void;
  isSaving: boolean;
  error: Error | null;
  label: string;
}

/** The form of a place, new or known. */
export function VenueForm({ given = fresh, save, isSaving, error, label }: Props) {
  const { t } = useTranslation(['owner', 'shared']);
  const [fields, setFields] = useState(given);
  const [zones, setZones] = useState(given.zones.join('\n'));
  const set = (some: Partial<VenueFields>) => setFields((before) => ({ ...before, ...some }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ ...fields, name: fields.name.trim(), zones: linesOf(zones) });
  };
  return (
    <form className="venue-form" onSubmit={submit}>
      <label className="field whole">
        <span>{t('new.name')}</span>
        <input
          className="input"
          required
          maxLength={200}
          value={fields.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <span className="hint">{t('new.nameHint')}</span>
      </label>
      <UnitField code={fields.unit} change={(unit) => set({ unit })} />
      <label className="field">
        <span>{t('new.kind')}</span>
        <select
          className="input"
          value={fields.kind}
          onChange={(event) => set({ kind: event.target.value as VenueKind })}
        >
          {[...new Set([...kinds, fields.kind])].map((kind) => (
            <option key={kind} value={kind}>
              {t(`shared:kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('new.setting')}</span>
        <select
          className="input"
          value={fields.setting}
          onChange={(event) => set({ setting: event.target.value as Setting })}
        >
          {settings.map((setting) => (
            <option key={setting} value={setting}>
              {t(`setting.${setting}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('new.capacity')}</span>
        <input
          className="input"
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000_000}
          step={1}
          value={fields.capacity ?? ''}
          onChange={(event) => set({ capacity: event.target.value === '' ? null : Number(event.target.value) })}
        />
        <span className="hint">{t('new.capacityHint')}</span>
      </label>
      <label className="field">
        <span>{t('new.zones')}</span>
        <textarea className="input" rows={3} value={zones} onChange={(event) => setZones(event.target.value)} />
        <span className="hint">{t('new.zonesHint')}</span>
      </label>
      <div className="whole stack">
        <Wrong error={error} />
        <button className="button main" disabled={isSaving || !fields.name.trim()}>
          {isSaving ? t('shared:working') : label}
        </button>
      </div>
    </form>
  );
}

/** The longest name of a zone that the API takes. */
const longestZone = 64;

/** One zone a line, each once. */
const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim().slice(0, longestZone))
      .filter(Boolean),
  ),
];
