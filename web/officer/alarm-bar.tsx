import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';
import { useLiveNews } from './live.js';

/** What the audits compare; what a newer server compares too is told as records. */
const checks = ['stays', 'exposures', 'statuses'] as const;

/** On every page while the audits find something that is not mended; calm, because nobody at the desk has to mend it. */
export function AlarmBar() {
  const { t } = useTranslation('officer');
  const { alarm } = useLiveNews();
  return (
    <div role="status">
      {alarm && (
        <div className="message notice alarm-bar">
          <span className="dot" aria-hidden="true" />
          <div className="grow">
            <p>
              <b>{t('alarm.title', { count: alarm.differences })}</b>{' '}
              {alarm.since && <span className="number">{t('alarm.since', { at: showInstant(alarm.since) })}</span>}
            </p>
            <p className="small">
              {Object.entries(alarm.checks)
                .map(([check, count]) => t(`alarm.check.${checks.find((one) => one === check) ?? 'other'}`, { count }))
                .join(', ')}
              . {t('alarm.what')}
            </p>
          </div>
        </div>
      )}
    </div>
  );
}
