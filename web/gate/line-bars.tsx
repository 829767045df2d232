import { useTranslation } from 'react-i18next';
import { LanguageButton } from '../shared/page.js';
import { Brand } from '../shared/mark.js';
import { clockWrongMs } from './known.js';
import type { Line } from './line.js';
import type { LineState } from './line-state.js';

/** Whose door this is, and whether the server listens. */
export function GateHead({ state, settings }: { state: LineState; settings: () => void }) {
  const { t } = useTranslation('gate');
  return (
    <header className="page-head gate-head">
      <Brand />
      <div className="grow">
        <h1>{state.known?.hello.venue.name ?? t('title')}</h1>
        <p className={`link ${state.link}`} role="status">
          <i aria-hidden="true" />
          {t(`link.${state.link}`)}
          {state.waiting > 0 && ` · ${t('waiting', { count: state.waiting })}`}
        </p>
      </div>
      <span className="language">
        <LanguageButton />
      </span>
      <button className="button small" onClick={settings}>
        {t('settings.open')}
      </button>
    </header>
  );
}

/** What the guard should know about the line, calmly; nothing while all is well. */
export function LineBars({ line, state }: { line: Line; state: LineState }) {
  const { t } = useTranslation('gate');
  const { link, waiting: count, sending, storage, others, known } = state;
  const wrongMs = Math.abs(known?.aheadMs ?? 0);
  return (
    <div className="bars" aria-live="polite">
      {link === 'offline' && <p className="message notice">{t('offlineBar', { count })}</p>}
      {link === 'busy' && !sending && <p className="message notice">{t('busyBar', { count })}</p>}
      {sending && sending.done < sending.total && (
        <p className="message fine">
          <span className="grow">{t('sendingBar', sending)}</span>
          <progress max={sending.total} value={sending.done} aria-label={t('sendingLabel')} />
        </p>
      )}
      {storage === 'full' && <p className="message alarm">{t('storageBar')}</p>}
      {wrongMs > clockWrongMs && <p className="message">{t('clockBar', { minutes: Math.round(wrongMs / 60_000) })}</p>}
      {others > 0 && (
        <p className="message notice">
          <span className="grow">{t('othersBar', { count: others })}</span>
          <button className="button small" onClick={() => void line.dropOthers()}>
            {t('othersDrop')}
          </button>
        </p>
      )}
    </div>
  );
}
