/** Something that is stored otherwise than a fresh computation gives it; ids only. */
export interface Difference {
  /** What it is about: a person's id, or a case's and a person's. */
  of: string;
  expected: string;
  found: string;
}

/** What a check says as it goes. */
export type Finding = { looked: number } | { closed: number } | { held: number } | { difference: Difference };

/**
 * One part of what is derived, computed afresh from the facts and compared with what is stored. Looks again at what
 * changed under it, so that a system in use shows no difference that is only a matter of moments.
 */
export interface Check {
  name: string;
  /** Of `sample` people or cases, or of all. */
  run(sample: number | undefined): AsyncGenerator<Finding>;
}

/** Nest's token for the list of {@link Check}s, in the order in which one part rests on the other. */
export const CHECKS = Symbol('checks');

/** The first field in which two records differ, as an expected and a found text; undefined when they are alike. */
export function firstDifference<T extends object>(
  of: string,
  { expected, found }: { expected: T | undefined; found: T | undefined },
  fields: readonly (keyof T & string)[],
): Difference | undefined {
  if (!expected && !found) return undefined;
  if (!expected) return { of, expected: 'nothing', found: textOf(found!, fields) };
  if (!found) return { of, expected: textOf(expected, fields), found: 'nothing' };
  const differing = fields.filter((field) => expected[field] !== found[field]);
  if (differing.length === 0) return undefined;
  return { of, expected: textOf(expected, differing), found: textOf(found, differing) };
}

const textOf = <T extends object>(record: T, fields: readonly (keyof T & string)[]): string =>
  JSON.stringify(Object.fromEntries(fields.map((field) => [field, record[field]])));
