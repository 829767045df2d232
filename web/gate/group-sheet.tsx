import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Shape } from '../shared/mark.js';
import type { Settings } from './settings.js';
import { wordsOf, type Shown } from './shown.js';
import { signal } from './signals.js';

interface Props {
  codes: string[];
  /** Undefined ends the group. */
  change: (codes: string[] | undefined) => void;
  scanAll: (codes: string[]) => Promise<Shown[]>;
  settings: Settings;
}

/** Several people in one go: their codes are collected, then all pass at once and one answer is given. */
export function GroupSheet({ codes, change, scanAll, settings }: Props) {
  const { t } = useTranslation(['gate', 'shared']);
  const [answers, setAnswers] = useState<Shown[]>();
  const [isWorking, setWorking] = useState(false);
  const finish = async () => {
    setWorking(true);
    const all = await scanAll(codes);
    signal(all.some(isHeldBack) ? 'red' : 'green', settings);
    setAnswers(all);
    setWorking(false);
  };
  if (answers) return <GroupAnswer answers={answers} done={() => change(undefined)} />;
  return (
    <section className="card group" aria-label={t('group.title')}>
      <h2>{t('group.title')}</h2>
      <p className="soft small">{t('group.text')}</p>
      <p role="status" className="big number">
        {codes.length ? t('group.count', { count: codes.length }) : t('group.empty')}
      </p>
      <ol>
        {codes.map((code, at) => (
          <li key={code} className="chip">
            {t('group.person', { number: at + 1 })}
            <button
              className="cross"
              aria-label={t('group.remove', { number: at + 1 })}
              onClick={() => change(codes.filter((other) => other !== code))}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
      <div className="row">
        <button className="button main grow" disabled={!codes.length || isWorking} onClick={() => void finish()}>
          {t(isWorking ? 'shared:working' : 'group.finish')}
        </button>
        <button className="button" onClick={() => change(undefined)}>
          {t('shared:cancel')}
        </button>
      </div>
    </section>
  );
}

/** Somebody of the group was turned away, or could not be read. */
const isHeldBack = ({ answer }: Shown): boolean => !answer || answer.decision === 'deny';

function GroupAnswer({ answers, done }: { answers: Shown[]; done: () => void }) {
  const { t } = useTranslation(['gate', 'shared']);
  const notOk = answers.filter(isHeldBack).length;
  return (
    <div className={`answer group-answer ${notOk ? 'red' : 'green'}`} role="alert">
      <Shape tone={notOk ? 'red' : 'green'} className="shape" />
      <p className="word">{t('group.answer', { count: answers.length })}</p>
      <p className="what">
        {t('group.ok', { count: answers.length - notOk })}
        {notOk > 0 && ` · ${t('group.not', { count: notOk })}`}
      </p>
      <ol>
        {answers.map((shown) => (
          <li key={shown.scanId}>
            <Shape tone={shown.tone} className="shape" />
            <span>
              {shown.answer
                ? `${shown.answer.displayName || t('recent.nobody')} · ${t(`instruction.${shown.answer.instruction}`)}`
                : t(`${wordsOf(shown)}.title`)}
            </span>
          </li>
        ))}
      </ol>
      <button className="button" autoFocus onClick={done}>
        {t('group.done')}
      </button>
    </div>
  );
}
