import { useTranslation } from 'react-i18next';
import { dayOf } from '../shared/days.js';

/** The dates of a case as they are typed; empty where nothing is known. */
export interface DateTexts {
  onset: string;
  sampledAt: string;
  isolatedAt: string;
}

export const noDates: DateTexts = { onset: '', sampledAt: '', isolatedAt: '' };

/** Nothing before this year is meant: a year that is still being typed looks like one of antiquity. */
const firstYear = 2_019;

/** The minute of an instant in Vietnam, as a field takes it: `yyyy-MM-ddTHH:mm`. */
export const minuteOf = (iso: string): string => new Date(Date.parse(iso) + 7 * 3_600_000).toISOString().slice(0, 16);

/** What the API is told: a day, or instants of Vietnam; undefined while something typed is no date yet. */
export function readDates({ onset, sampledAt, isolatedAt }: DateTexts): Record<string, string> | undefined {
  const typed = [onset, sampledAt, isolatedAt].filter(Boolean);
  if (typed.some((text) => Number(text.slice(0, 4)) < firstYear)) return undefined;
  const instant = (text: string) => `${text}:00+07:00`;
  return {
    ...(onset && { onset }),
    ...(sampledAt && { sampledAt: instant(sampledAt) }),
    ...(isolatedAt && { isolatedAt: instant(isolatedAt) }),
  };
}

/** Onset, sample and isolation; each may be left open, but one of the first two is needed. */
export function DateFields({ dates, change }: { dates: DateTexts; change: (dates: DateTexts) => void }) {
  const { t } = useTranslation('officer');
  const today = dayOf(Date.now());
  const set = (name: keyof DateTexts) => (event: { target: { value: string } }) =>
    change({ ...dates, [name]: event.target.value });
  const now = () => minuteOf(new Date().toISOString());
  return (
    <div className="dates">
      <label className="field">
        <span>{t('dates.onset')}</span>
        <input
          className="input"
          name="onset"
          type="date"
          max={today}
          value={dates.onset}
          onChange={set('onset')}
          autoFocus
        />
      </label>
      <label className="field">
        <span>{t('dates.sampledAt')}</span>
        <input
          className="input"
          name="sampledAt"
          type="datetime-local"
          max={`${today}T23:59`}
          value={dates.sampledAt}
          onChange={set('sampledAt')}
        />
      </label>
      <label className="field">
        <span>{t('dates.isolatedAt')}</span>
        <input
          className="input"
          name="isolatedAt"
          type="datetime-local"
          value={dates.isolatedAt}
          onChange={set('isolatedAt')}
        />
      </label>
      <button type="button" className="button quiet small" onClick={() => change({ ...dates, isolatedAt: now() })}>
        {t('dates.isolatedNow')}
      </button>
    </div>
  );
}
