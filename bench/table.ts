import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Line } from './benches.js';

const root = ['..', '../..']
  .map((up) => fileURLToPath(new URL(`${up}/`, import.meta.url)))
  .find((folder) => existsSync(`${folder}package.json`))!;

const marks = { begin: '<!-- bench -->', end: '<!-- /bench -->' };

/** The run that a row is of: `pairs` are rounds where the other side is the clock; `day` as YYYY-MM-DD, UTC. */
export interface Run {
  cores: number;
  pairs: number;
  /** Not known of rows that were kept before rows had one. */
  day: string | null;
}

/** A row of the table, as `bench/baseline.json` keeps it. */
export type Row = Line & Run;

/** Keeps the results in `bench/baseline.json`, beside those of benches that did not run, and in the README's table. */
export function writeTable(lines: Record<string, Line[]>, run: Run): void {
  const file = `${root}bench/baseline.json`;
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { lines: Record<string, Row[]> }) : null;
  const fresh = Object.entries(lines).map(
    ([name, of]) => [name, of.map((line): Row => ({ ...run, ...line }))] as const,
  );
  const all = { ...known?.lines, ...Object.fromEntries(fresh) };
  writeFileSync(file, `${JSON.stringify({ lines: all }, null, 2)}\n`);
  const table = tableOf(Object.values(all).flat());
  process.stdout.write(`\n${table}\n`);
  intoReadme(table);
}

/** The table as Markdown, below a sentence that says how its rows were found. */
export function tableOf(rows: Row[]): string {
  return [
    how(rows),
    '',
    '| question | against | target | measured | | pairs | day |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(({ question, against, target, measured, met, pairs, day }) =>
      ['', question, against, target, measured, met ? 'met' : '**missed**', pairs, day ?? 'not kept', '']
        .join(' | ')
        .trim(),
    ),
  ].join('\n');
}

/** Any bench may be run alone, so that no two rows need be of one run. */
function how(rows: Row[]): string {
  const cores = [...new Set(rows.map((row) => row.cores))].join(' or ');
  return [
    `Measured on ${cores} cores. Both sides of a row take turns in one run, and the median of its pairs counts; equal answers`,
    'are asserted. Rows may be of different runs: each says how many pairs its own was asked for (rows without another side',
    'need not use them) and on which day it was.',
  ].join(' ');
}

function intoReadme(table: string): void {
  const file = `${root}README.md`;
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
  if (begin < 0 || end < begin) return;
  writeFileSync(file, `${text.slice(0, begin + marks.begin.length)}\n${table}\n${text.slice(end)}`);
}
