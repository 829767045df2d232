/** Something that is stored otherwise than a fresh computation gives it; ids only. */
export interface Difference {
  /** The person or case that was looked at, by id. */
  subject: string;
  /** What it is about: a person's id, or a case's and a person's. */
  of: string;
  expected: string;
  found: string;
  /** Work of this person or case was still on its way at the last look: this may be a matter of moments. */
  pending: boolean;
}

/** What a check says as it goes. */
export type Finding = { looked: number } | { closed: number } | { difference: Difference };

/** Resolves when nothing more urgent waits: asked before each piece of work. */
export type Turn = () => Promise<void>;

/** The turn of whoever is in a hurry. */
export const atOnce: Turn = () => Promise.resolve();

/**
 * One part of what is derived, computed afresh from the facts and compared with what is stored. Looks again at what
 * changed under it, so that a system in use shows no difference that is only a matter of moments.
 */
export interface Check {
  name: string;
  /** Ids of the people or cases there are, page by page: all of them, or so many by chance. */
  choose(sample?: number): AsyncGenerator<string[]>;
  /** Compares these. */
  look(ids: string[], turn?: Turn): AsyncGenerator<Finding>;
  /** How much evidence does not exist for colours until a second officer decides. */
  held?(): Promise<number>;
}

/** Nest's token for the list of {@link Check}s, in the order in which one part rests on the other. */
export const CHECKS = Symbol('checks');

/** The first field in which two records differ, as an expected and a found text; undefined when they are alike. */
export function firstDifference<T extends object>(
  about: Pick<Difference, 'subject' | 'of'>,
  { expected, found }: { expected: T | undefined; found: T | undefined },
  fields: readonly (keyof T & string)[],
): Difference | undefined {
  if (!expected && !found) return undefined;
  const differing = expected && found ? fields.filter((field) => expected[field] !== found[field]) : fields;
  if (differing.length === 0) return undefined;
  const textOf = (record: T | undefined) => (record ? written(record, differing) : 'nothing');
  return { ...about, expected: textOf(expected), found: textOf(found), pending: false };
}

/** Goes through ids in parts, so that a page of them is looked at together. */
export function* inParts(ids: string[], size: number): Generator<string[]> {
  for (let at = 0; at < ids.length; at += size) yield ids.slice(at, at + size);
}

const written = <T extends object>(record: T, fields: readonly (keyof T & string)[]): string =>
  JSON.stringify(Object.fromEntries(fields.map((field) => [field, record[field]])));
