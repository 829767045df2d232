import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Shape } from '../shared/mark.js';
import type { OnScreen } from './door.js';
import type { Settings } from './settings.js';
import { wayOf, wordsOf, type Shown } from './shown.js';

interface Props {
  onScreen: OnScreen;
  settings: Settings;
  letIn: () => void;
  clear: () => void;
}

/** The whole screen becomes the answer: shape, word, colour, who, and what to do. Never why (SPEC 4). */
export function AnswerScreen({ onScreen: { shown, asked }, settings, letIn, clear }: Props) {
  const { t } = useTranslation(['gate', 'shared']);
  const overrule = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      if (event.key === 'Escape') clear();
      // There is no time to walk through the page below; Enter alone is what a reader types.
      if (event.key !== 'Tab' || !overrule.current) return;
      event.preventDefault();
      overrule.current.focus();
    };
    addEventListener('keydown', follow);
    return () => removeEventListener('keydown', follow);
  }, [clear]);
  const { tone, answer, error, offline } = shown;
  const isTurnedAway = wayOf(shown) === 'refused';
  return (
    <div className={`answer ${tone}`} role="alert" data-scan={shown.scanId} onClick={clear}>
      <Shape key={shown.scanId} tone={tone} className="shape" />
      {answer && (
        <>
          <p className="word">{t(`shared:colour.${answer.colour}`)}</p>
          <Who answer={answer} />
          <p className="what">{t(asked.force ? 'wasLetIn' : `instruction.${answer.instruction}`)}</p>
          <p className="way">{t(`way.${wayOf(shown)}`)}</p>
        </>
      )}
      {error && (
        <>
          <p className="word">{t(`${wordsOf(shown)}.title`)}</p>
          <p className="what plain">{t(`${wordsOf(shown)}.text`)}</p>
        </>
      )}
      {offline && answer && <p className="by-itself">{t('offlineAnswer')}</p>}
      {isTurnedAway && (
        <button
          ref={overrule}
          className="button"
          onClick={(event) => {
            event.stopPropagation();
            letIn();
          }}
        >
          {t('letIn')}
        </button>
      )}
      <i className={`time s${settings.answerSeconds}`} key={`time-${shown.scanId}`} aria-hidden="true" />
    </div>
  );
}

function Who({ answer }: { answer: NonNullable<Shown['answer']> }) {
  const { t } = useTranslation(['gate', 'shared']);
  const { displayName, birthYear, gender } = answer;
  const more = [gender && t(`gender.${gender}`), birthYear !== undefined && t('born', { year: birthYear })].filter(
    Boolean,
  );
  if (!displayName && !more.length) return null;
  return (
    <p className="who">
      {displayName && <b>{displayName}</b>}
      {more.length > 0 && <span>{more.join(' · ')}</span>}
    </p>
  );
}
