import type { StoredUnit } from '../../graph/queries/units.js';
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
 * Units that exist on a day and fit what somebody typed: each word is the beginning of a word of the name, or of the
 * name of a unit it lies in, whatever the accents; at least one is of its own name. Whole names come first, then the
 * greater unit, then the order of codes.
 */
export function searchUnits(units: Map<string, StoredUnit>, typed: string, day: string): FoundUnit[] {
  const asked = foldName(typed);
  const found = [...units.values()].filter((unit) => isThere(unit, day)).flatMap((unit) => match(units, unit, asked));
  found.sort((a, b) => b.fit - a.fit || a.unit.within.length - b.unit.within.length);
  return found.slice(0, most).map(({ unit }) => unit);
}

/** A unit by its code, as a form shows the one that was chosen. */
export function describeUnit(units: Map<string, StoredUnit>, code: string): FoundUnit | undefined {
  const unit = units.get(code);
  return unit && { code, name: unit.name ?? code, within: namesAbove(units, unit) };
}

const isThere = ({ validFrom, validTo }: StoredUnit, day: string): boolean =>
  (validFrom === null || validFrom <= day) && (validTo === null || day < validTo);

function match(units: Map<string, StoredUnit>, unit: StoredUnit, asked: string[]): { unit: FoundUnit; fit: number }[] {
  const own = wordsOf(unit.name ?? '');
  const begins = (words: string[]) => (part: string) => words.some((word) => word.startsWith(part));
  if (!asked.some(begins(own))) return [];
  const found = describeUnit(units, unit.code)!;
  const all = [own, ...found.within.map(wordsOf)].flat();
  if (!asked.every(begins(all))) return [];
  return [{ unit: found, fit: asked.filter((part) => own.includes(part)).length }];
}

function wordsOf(name: string): string[] {
  const words = folded.get(name) ?? foldName(name);
  folded.set(name, words);
  return words;
}

/** Names of the units that a unit lies in; ends also where older data hold a circle. */
function namesAbove(units: Map<string, StoredUnit>, unit: StoredUnit): string[] {
  const names: string[] = [];
  const seen = new Set([unit.code]);
  for (let next = unit.parent; next !== null && !seen.has(next); next = units.get(next)?.parent ?? null) {
    seen.add(next);
    names.push(units.get(next)?.name ?? next);
  }
  return names;
}
