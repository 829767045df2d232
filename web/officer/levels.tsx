import { useTranslation } from 'react-i18next';

/** A level as everybody calls it. */
export const levelName = (level: number | string): string => `F${level}`;

/** How many people are at each level of a case. */
export function LevelChips({ counts }: { counts: Record<string, number> }) {
  const { i18n: text } = useTranslation('officer');
  const levels = Object.entries(counts);
  if (levels.length === 0) return <span className="soft">–</span>;
  return (
    <span className="levels">
      {levels.map(([level, count]) => (
        <span key={level} className={`level l${level}`}>
          {levelName(level)} <b className="number">{count.toLocaleString(text.language)}</b>
        </span>
      ))}
    </span>
  );
}
