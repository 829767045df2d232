import { useTranslation } from 'react-i18next';
import { colours, type Colour } from '../../src/domain/admission.js';
import type { Changes } from '../../src/domain/policy/what-if.js';
import { useNarrow } from './narrow.js';

/** The sizes of the drawing, and how wide it is on a desk and on a phone. */
const [height, bar, gap, labelWidth] = [220, 16, 8, 90];
const [deskWidth, phoneWidth] = [560, 320];

/** People from the colours of today, at the left, to those under the draft, at the right; the list below says the same. */
export function ColourFlow({ changes }: { changes: Changes }) {
  const { t } = useTranslation(['officer', 'shared']);
  const width = useNarrow() ? phoneWidth : deskWidth;
  const count = (from: Colour, to: Colour): number => changes[from]?.[to] ?? 0;
  const total = colours.reduce((sum, from) => sum + colours.reduce((row, to) => row + count(from, to), 0), 0);
  if (total === 0) return null;
  const scale = (height - gap * (colours.length - 1)) / total;
  const before = stack(scale, (colour) => colours.reduce((sum, to) => sum + count(colour, to), 0));
  const after = stack(scale, (colour) => colours.reduce((sum, from) => sum + count(from, colour), 0));
  const [leftX, rightX] = [labelWidth + bar, width - labelWidth - bar];
  const middle = (leftX + rightX) / 2;
  const used = { before: { ...before.tops }, after: { ...after.tops } };
  const bands = colours.flatMap((from) =>
    colours.flatMap((to) => {
      const thick = count(from, to) * scale;
      if (thick === 0) return [];
      const [y1, y2] = [used.before[from] + thick / 2, used.after[to] + thick / 2];
      used.before[from] += thick;
      used.after[to] += thick;
      const d = `M${leftX} ${y1}C${middle} ${y1} ${middle} ${y2} ${rightX} ${y2}`;
      return [{ key: `${from}${to}`, from, d, thick: Math.max(1, thick), isChange: from !== to }];
    }),
  );
  return (
    <svg className="flow" viewBox={`0 0 ${width} ${height + 4}`} role="img" aria-label={t('effect.flow')}>
      {bands.map(({ key, from, d, thick, isChange }) => (
        <path key={key} className={`band ${from}${isChange ? ' moves' : ''}`} d={d} strokeWidth={thick} />
      ))}
      {[before, after].map(({ tops, sizes }, side) =>
        colours
          .filter((colour) => sizes[colour] > 0)
          .map((colour) => (
            <g key={`${side}${colour}`}>
              <rect
                className={colour}
                x={side === 0 ? labelWidth : rightX}
                y={tops[colour]}
                width={bar}
                height={Math.max(1, sizes[colour])}
              />
              <text
                x={side === 0 ? labelWidth - 6 : rightX + bar + 6}
                y={Math.min(height - 2, Math.max(11, tops[colour] + sizes[colour] / 2 + 4))}
                textAnchor={side === 0 ? 'end' : 'start'}
              >
                {t(`shared:colour.${colour}`)}
              </text>
            </g>
          )),
      )}
    </svg>
  );
}

/** Where each colour begins and how high it is. */
function stack(scale: number, countOf: (colour: Colour) => number) {
  const tops = {} as Record<Colour, number>;
  const sizes = {} as Record<Colour, number>;
  let y = 0;
  for (const colour of colours) {
    tops[colour] = y;
    sizes[colour] = countOf(colour) * scale;
    y += sizes[colour] > 0 ? sizes[colour] + gap : 0;
  }
  return { tops, sizes };
}
