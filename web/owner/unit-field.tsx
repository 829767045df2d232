import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnit, useUnitsNamed, type Unit } from './api.js';

/** Typing rests for so long before the server is asked (assumption). */
const restMs = 250;

/** The ward a place is in, whose rules hold there: found by its name, taken with a press. */
export function UnitField({ code, change }: { code: string | null; change: (code: string | null) => void }) {
  const { t } = useTranslation('owner');
  const [isChoosing, setChoosing] = useState(false);
  const known = useUnit(code);
  if (code === null || isChoosing) {
    const take = (unit: Unit) => {
      setChoosing(false);
      change(unit.code);
    };
    return <Search take={take} />;
  }
  return (
    <div className="field whole">
      <span>{t('unit.label')}</span>
      <div className="row unit-chosen">
        <span className="grow">
          <b>{known.data?.name ?? code}</b>
          {known.data && known.data.within.length > 0 && (
            <span className="soft small">{known.data.within.join(', ')}</span>
          )}
        </span>
        <button type="button" className="button small" onClick={() => setChoosing(true)}>
          {t('unit.change')}
        </button>
      </div>
    </div>
  );
}

function Search({ take }: { take: (unit: Unit) => void }) {
  const { t } = useTranslation('owner');
  const [typed, setTyped] = useState('');
  const { data: found } = useUnitsNamed(useRested(typed.trim()));
  return (
    <div className="field whole">
      <label className="field">
        <span>{t('unit.label')}</span>
        <input
          className="input unit-search"
          type="search"
          autoComplete="off"
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          // Enter would send the form while its field is still being looked for.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      </label>
      <span className="hint" role="status">
        {found && typed ? t('unit.found', { count: found.length }) : t('unit.hint')}
      </span>
      {found && typed && (
        <ul className="units">
          {found.map((unit) => (
            <li key={unit.code}>
              <button type="button" onClick={() => take(unit)}>
                <b>{unit.name}</b> <span className="soft small">{unit.within.join(', ')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A text once it has not changed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
