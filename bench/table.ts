import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Line } from './benches.js';

const root = ['..', '../..']
  .map((up) => fileURLToPath(new URL(`${up}/`, import.meta.url)))
  .find((folder) => existsSync(`${folder}package.json`))!;

const marks = { begin: '<!-- bench -->', end: '<!-- /bench -->' };

type Lines = Record<string, Line[]>;

/** Keeps the results in `bench/baseline.json`, beside those of benches that did not run, and in the README's table. */
export function writeTable(lines: Lines, machine: { cores: number; pairs: number }): void {
  const file = `${root}bench/baseline.json`;
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { lines: Lines }).lines : {};
  const all = { ...known, ...lines };
  writeFileSync(file, `${JSON.stringify({ machine, lines: all }, null, 2)}\n`);
  const table = tableOf(Object.values(all).flat(), machine);
  process.stdout.write(`\n${table}\n`);
  intoReadme(table);
}

function tableOf(lines: Line[], { cores, pairs }: { cores: number; pairs: number }): string {
  const rows = lines.map(({ question, against, measured, target, met }) =>
    ['', question, against, target, measured, met ? 'met' : '**missed**', ''].join(' | ').trim(),
  );
  return [
    `Ratios of one run on ${cores} cores, sides in turns, median of ${pairs} pairs; equal answers are asserted first.`,
    '',
    '| question | against | target | measured | |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function intoReadme(table: string): void {
  const file = `${root}README.md`;
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
  if (begin < 0 || end < begin) return;
  writeFileSync(file, `${text.slice(0, begin + marks.begin.length)}\n${table}\n${text.slice(end)}`);
}
