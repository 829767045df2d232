import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf, showDay } from '../shared/days.js';
import type { Contact, Meeting, Stay } from './case.js';
import { levelName } from './levels.js';

/** Which contacts are shown; what is undefined leaves nobody out. */
export interface Wanted {
  level: number | undefined;
  minutes: number;
  day: string | undefined;
  venue: string | undefined;
  zone: string | undefined;
}

export const everybody: Wanted = { level: undefined, minutes: 0, day: undefined, venue: undefined, zone: undefined };

const meetingsOf = ({ witness, encounters }: Contact) => [witness, ...encounters];

/** In which zone of its place the case was when they met; undefined where there are none, or the case was not there. */
export type ZoneOf = (contact: Contact, met: Meeting) => string | undefined;

/** Zones by the case's own stays: an exposure names the place alone. A meeting may outlast the stay: air lingers. */
export function zonesOf(stays: readonly Stay[]): ZoneOf {
  const began = stays
    .filter(({ zone }) => zone)
    .map(({ venue, zone, in: from }) => ({ venue: venue.id, zone, fromMs: Date.parse(from) }))
    .sort((a, b) => b.fromMs - a.fromMs);
  if (began.length === 0) return () => undefined;
  return ({ level }, { venue, from }) => {
    const fromMs = Date.parse(from);
    return level === 1 ? began.find((stay) => stay.venue === venue && stay.fromMs <= fromMs)?.zone : undefined;
  };
}

/** Whether a contact is wanted: by day, place and zone one meeting is enough, but it is the same one. */
export function isWanted(contact: Contact, { level, minutes, day, venue, zone }: Wanted, zoneOf: ZoneOf): boolean {
  if ((level !== undefined && contact.level !== level) || contact.minutes < minutes) return false;
  if (day === undefined && venue === undefined && zone === undefined) return true;
  return meetingsOf(contact).some(
    (met) =>
      (day === undefined || daysOf(met).includes(day)) &&
      (venue === undefined || met.venue === venue) &&
      (zone === undefined || zoneOf(contact, met) === zone),
  );
}

/** The days a meeting touches: it may go past midnight. */
function daysOf({ from, to }: { from: string; to: string }): string[] {
  const [first, last] = [dayOf(Date.parse(from)), dayOf(Date.parse(to) - 1)];
  return first === last ? [first] : [first, last];
}

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
