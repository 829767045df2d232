import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { undoWithinMs } from '../../src/limits.js';
import { showTime } from '../shared/i18n.js';
import { Shape } from '../shared/mark.js';
import type { Line, Undone } from './line.js';
import { wayOf, wordsOf, type Shown } from './shown.js';

interface Props {
  line: Line;
  recent: Shown[];
  undone: (scanId: string) => void;
}

/** The last scans of this gate; each can be taken back within two minutes. */
export function RecentList({ line, recent, undone }: Props) {
  const { t } = useTranslation(['gate', 'shared']);
  const now = useNow(line);
  const [failed, setFailed] = useState<Exclude<Undone, 'undone'>>();
  const undo = async (scanId: string) => {
    const result = await line.undo(scanId);
    setFailed(result === 'undone' ? undefined : result);
    if (result === 'undone') undone(scanId);
  };
  return (
    <section className="recent">
      <h2>{t('recent.title')}</h2>
      {failed && (
        <p className="message notice" role="alert">
          {t(`recent.${failed}`)}
        </p>
      )}
      {recent.length === 0 && <p className="soft">{t('recent.none')}</p>}
      <ol>
        {recent.map((shown) => (
          <Row
            key={shown.scanId}
            shown={shown}
            canUndo={now - shown.at < undoWithinMs}
            undo={() => void undo(shown.scanId)}
          />
        ))}
      </ol>
    </section>
  );
}

function Row({ shown, canUndo, undo }: { shown: Shown; canUndo: boolean; undo: () => void }) {
  const { t } = useTranslation(['gate', 'shared']);
  const { answer, at, tone, undone, offline, sent } = shown;
  const way = wayOf(shown);
  const name = answer ? answer.displayName || t('recent.nobody') : t(`${wordsOf(shown)}.title`);
  const time = showTime(at);
  return (
    <li className={undone ? 'undone' : ''}>
      <Shape tone={tone} className={`shape ${tone}`} />
      <div className="grow">
        <b>{name}</b>
        <span className="soft small">
          {time}
          {answer &&
            ` · ${t(`shared:colour.${answer.colour}`)} · ${t(way === 'refused' ? 'way.refused' : `direction.${way}`)}`}
          {offline && answer && ` · ${t(sent ? 'recent.sent' : 'recent.waits')}`}
        </span>
      </div>
      {undone && <span className="chip">{t('recent.undone')}</span>}
      {!undone && answer && canUndo && (
        <button className="button small" onClick={undo} aria-label={t('recent.undoOf', { name, time })}>
          {t('recent.undo')}
        </button>
      )}
    </li>
  );
}

/** The instant, looked at every few seconds: what can no longer be undone loses its button. */
function useNow(line: Line): number {
  const [now, setNow] = useState(() => line.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(line.now()), 5_000);
    return () => clearInterval(timer);
  }, [line]);
  return Math.max(now, 0);
}
