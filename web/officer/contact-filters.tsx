import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showDay } from '../shared/days.js';
import type { Contact } from './case.js';
import { levelName } from './levels.js';
import { daysOf, meetingsOf, type Wanted, type ZoneOf } from './wanted.js';

interface Props {
  contacts: Contact[];
  placeOf: (id: string) => string;
  zoneOf: ZoneOf;
  wanted: Wanted;
  change: (wanted: Wanted) => void;
}

/** Levels, days, places, zones and least minutes, as far as there are contacts of them. */
export function ContactFilters({ contacts, placeOf, zoneOf, wanted, change }: Props) {
  const { t } = useTranslation('officer');
  const levels = useMemo(() => sorted(contacts.map(({ level }) => level)), [contacts]);
  const days = useMemo(() => sorted(contacts.flatMap((one) => meetingsOf(one).flatMap(daysOf))), [contacts]);
  const venues = useMemo(
    () => sorted(contacts.flatMap((one) => meetingsOf(one).map(({ venue }) => venue))),
    [contacts],
  );
  const zones = useMemo(
    () => sorted(contacts.flatMap((one) => meetingsOf(one).flatMap((met) => zoneOf(one, met) ?? []))),
    [contacts, zoneOf],
  );
  const places = venues.map((id) => ({ id, name: placeOf(id) })).sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  return (
    <>
      {[undefined, ...levels].map((one) => (
        <button
          key={one ?? 'all'}
          className="button small choice"
          aria-pressed={one === wanted.level}
          onClick={() => change({ ...wanted, level: one })}
        >
          {one === undefined ? t('contacts.all') : levelName(one)}
        </button>
      ))}
      <Choice
        label={t('contacts.day')}
        options={days.map((day) => ({ id: day, name: showDay(day) }))}
        value={wanted.day}
        change={(day) => change({ ...wanted, day })}
      />
      <Choice
        label={t('contacts.column.venue')}
        options={places}
        value={wanted.venue}
        change={(venue) => change({ ...wanted, venue })}
      />
      {zones.length > 0 && (
        <Choice
          label={t('contacts.zone')}
          options={zones.map((zone) => ({ id: zone, name: zone }))}
          value={wanted.zone}
          change={(zone) => change({ ...wanted, zone })}
        />
      )}
      <label className="row small">
        {t('contacts.minMinutes')}
        <input
          className="input minutes"
          type="number"
          min={0}
          step={5}
          value={wanted.minutes}
          onChange={(event) => change({ ...wanted, minutes: Number(event.target.value) || 0 })}
        />
      </label>
    </>
  );
}

const sorted = <T,>(all: T[]): T[] => [...new Set(all)].sort((a, b) => (a < b ? -1 : 1));

interface ChoiceProps {
  label: string;
  options: { id: string; name: string }[];
  value: string | undefined;
  change: (value: string | undefined) => void;
}

/** One of several, or all. */
function Choice({ label, options, value, change }: ChoiceProps) {
  const { t } = useTranslation('officer');
  return (
    <label className="row small">
      {label}
      <select className="input pick" value={value ?? ''} onChange={(event) => change(event.target.value || undefined)}>
        <option value="">{t('contacts.all')}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
