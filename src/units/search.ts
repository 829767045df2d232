import type { Areas, UnitVersion } from '../domain/area/areas.js';
import { foldName } from '../domain/identity/names.js';

/** A unit as a form offers it, with the names of those it lies in, the nearest first. */
export interface FoundUnit {
  code: string;
  name: string;
  within: string[];
}

/** As many as a person reads (assumption). */
const most = 20;

/** Folding costs microseconds, and there are thousands of names, which hardly ever change. */
const folded = new Map<string, string[]>();

/**
 * Units that exist at an instant and fit what somebody typed: each word is the beginning of a word of the name, or of
 * the name of a unit it lies in, whatever the accents; at least one is of its own name. Whole names come first, then the
 * greater unit, then the order of codes.
 */
export function searchUnits(areas: Areas, typed: string, atMs: number): FoundUnit[] {
  const asked = foldName(typed);
  const there = areas.codes.flatMap((code) => areas.at(code, atMs) ?? []);
  const found = there.flatMap((unit) => match(areas, unit, { asked, atMs }));
  found.sort((a, b) => b.fit - a.fit || a.unit.within.length - b.unit.within.length);
  return found.slice(0, most).map(({ unit }) => unit);
}

/** A unit by its code, as a form shows the one that was chosen; one that has ended as it was last. */
export function describeUnit(areas: Areas, code: string, atMs: number): FoundUnit | undefined {
  const unit = areas.at(code, atMs) ?? areas.versionsOf(code).at(-1);
  return unit && found(areas, unit, atMs);
}

const found = (areas: Areas, { code, name }: UnitVersion, atMs: number): FoundUnit => ({
  code,
  name: name ?? code,
  within: areas
    .placeAt(code, atMs)
    .filter((one) => one !== code)
    .map((one) => areas.at(one, atMs)?.name ?? one),
});

function match(
  areas: Areas,
  unit: UnitVersion,
  { asked, atMs }: { asked: string[]; atMs: number },
): { unit: FoundUnit; fit: number }[] {
  const own = wordsOf(unit.name ?? '');
  const begins = (words: string[]) => (part: string) => words.some((word) => word.startsWith(part));
  if (!asked.some(begins(own))) return [];
  const shown = found(areas, unit, atMs);
  const all = [own, ...shown.within.map(wordsOf)].flat();
  if (!asked.every(begins(all))) return [];
  return [{ unit: shown, fit: asked.filter((part) => own.includes(part)).length }];
}

function wordsOf(name: string): string[] {
  const words = folded.get(name) ?? foldName(name);
  folded.set(name, words);
  return words;
}
