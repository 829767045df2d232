import type { Colour } from '../../src/domain/admission.js';

/** The sign of VetXanh: a trail that ends in a leaf. */
export const Brand = () => (
  <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    <g fill="var(--leaf)">
      <circle cx="9" cy="55" r="4" opacity=".5" />
      <circle cx="20" cy="49" r="5" opacity=".75" />
      <path d="M26 45C22 23 35 6 60 4c2 25-11 41-34 41Z" />
    </g>
    <path d="M28 43c5-12 12-20 21-27" fill="none" stroke="var(--paper)" strokeWidth="3.2" strokeLinecap="round" />
  </svg>
);

/** What an answer may be: a colour, or that there is none to tell. */
export type Tone = Colour | 'trouble';

/** The shapes that go with the colours, so that a colour is never alone (UX.md). */
export function Shape({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg viewBox="0 0 100 100" className={className} aria-hidden="true" focusable="false">
      <path d={outlines[tone]} fill="currentColor" />
      <path
        d={signs[tone]}
        fill="none"
        stroke="var(--sign, #fff)"
        strokeWidth="10"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

const circle = 'M50 4a46 46 0 1 1 0 92 46 46 0 0 1 0-92Z';
const outlines: Record<Tone, string> = {
  green: circle,
  yellow: 'M44 9a7 7 0 0 1 12 0l40 72a7 7 0 0 1-6 11H10a7 7 0 0 1-6-11Z',
  red: 'M31 4h38l27 27v38L69 96H31L4 69V31Z',
  grey: 'M16 6h68a10 10 0 0 1 10 10v68a10 10 0 0 1-10 10H16A10 10 0 0 1 6 84V16A10 10 0 0 1 16 6Z',
  trouble: 'M50 3 97 50 50 97 3 50Z',
};
const signs: Record<Tone, string> = {
  green: 'm29 52 14 14 29-32',
  yellow: 'M50 37v24M50 76v.1',
  red: 'm35 35 30 30M65 35 35 65',
  grey: 'M30 50h40',
  trouble: 'M41 40a9.500 9.500 0 1 1 14 8.500c-3.500 2-5 4-5 8M50 70v.1',
};
