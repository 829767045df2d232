import { useTranslation } from 'react-i18next';
import { showInstant } from '../shared/i18n.js';

interface EventRowProps {
  dot?: 'red';
  what: string;
  /** A second word before the instant, such as the place. */
  where?: string;
  at: string;
  person: string | null;
}

/** Something that happened at a door; who it is stands behind one more press, which is recorded. */
export function EventRow({ dot, what, where, at, person }: EventRowProps) {
  const { t } = useTranslation('officer');
  return (
    <li>
      <span className={dot ? `dot ${dot}` : 'dot'} aria-hidden="true" />
      <span className="grow">
        <b>{what}</b>
        <span className="soft small line">
          {where && `${where} · `}
          <span className="number">{showInstant(at)}</span>
        </span>
      </span>
      {person && (
        <a className="small" href={`#/person/${person}`}>
          {t('board.who')}
        </a>
      )}
    </li>
  );
}
