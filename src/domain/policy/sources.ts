import { sourceIn, type Source } from './source.js';

/** The parts of a policy that are no rules: who made it, where and when it holds, and what its numbers come from. */
const without = new Set(['id', 'version', 'area', 'timezone', 'validFrom', 'validTo', 'sources', 'colours']);

/** A source says something: a document, or that there is none yet. */
const word = /\p{L}/u;

/**
 * The numbers of a policy that name neither a document nor say `assumption` (SPEC section 6), by their paths, in the order
 * in which they stand; `colours.F1` stands for all numbers of that rule. What `sources` says of a part it says of every
 * number in it. The policy as it was written: what it leaves out is not its own.
 */
export function withoutSource(given: unknown): string[] {
  const policy = given as { sources: Record<string, Source>; colours: { Identifier: string; Logic: unknown }[] };
  const sourced = new Set(Object.keys(policy.sources).filter((path) => isSaid(policy.sources[path]!)));
  const parts = Object.entries(policy).filter(([part]) => !without.has(part));
  const numbers = parts.flatMap(([part, value]) => [...pathsOf(value, part)]);
  const rules = policy.colours.filter(({ Logic }) => !pathsOf(Logic, '').next().done);
  const paths = [...numbers, ...rules.map(({ Identifier }) => `colours.${Identifier}`)];
  return [...new Set(paths)].filter((path) => !isSourced(path, sourced));
}

/** Whether something is said to every reader. */
const isSaid = (source: Source): boolean => ['vi', 'en'].every((language) => word.test(sourceIn(source, language)));

/** Whether a path, or that of a part it is in, is named. */
function isSourced(path: string, sourced: Set<string>): boolean {
  const steps = path.split('.');
  return steps.some((_, at) => sourced.has(steps.slice(0, at + 1).join('.')));
}

/** Paths of the numbers in a value; all within a list have the list's own. */
function* pathsOf(value: unknown, path: string, isWithin = false): Generator<string> {
  if (typeof value === 'number') yield path;
  if (typeof value !== 'object' || value === null) return;
  const isList = isWithin || Array.isArray(value);
  for (const [name, part] of Object.entries(value)) yield* pathsOf(part, isList ? path : `${path}.${name}`, isList);
}
