import { Body, Query, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import type { Fault } from '../events.js';
import { Problem } from './problem.js';

/** Checks an input by its schema at the edge; a wrong one is a 422 that says which field, what was expected, what came. */
class ZodPipe<T extends z.ZodType> implements PipeTransform<unknown, z.output<T>> {
  constructor(private readonly schema: T) {}

  transform(value: unknown): z.output<T> {
    const { success, data, error } = this.schema.safeParse(value === undefined ? {} : value);
    if (success) return data;
    throw new Problem(422, 'bad-input', 'The input does not fit.', { errors: faultsOf(error, value) });
  }
}

/** The body of a request, checked: `@ZodBody(schema) body: z.output<typeof schema>`. */
export const ZodBody = (schema: z.ZodType) => Body(new ZodPipe(schema));

/** The query of a request, checked. */
export const ZodQuery = (schema: z.ZodType) => Query(new ZodPipe(schema));

/** The most faults that are told at once: a list of thousands helps nobody. */
const mostFaults = 20;

/** What a message says was expected: `Too small: expected number to be >=1`, `expected a share, …, received string`. */
const expectation = /^(?:[A-Z][a-z ]+: )?expected (.+?)(?:, received [\w ]+)?$/s;

/** `Invalid discriminator value. Expected 'test' | 'dose'`. */
const choice = /^Invalid .*\. Expected (.+)$/s;

/** `Invalid ISO date`. */
const format = /^Invalid ((?:ISO|URL|UUID).*)$/;

/** What a message of zod or of ours says was expected. */
export function expectedBy(message: string): string {
  const choices = choice.exec(message)?.[1];
  if (choices !== undefined) return `one of ${choices.replaceAll("'", '').replaceAll(' | ', ', ')}`;
  const named = format.exec(message)?.[1];
  return named === undefined ? (expectation.exec(message)?.[1] ?? message) : `an ${named}`;
}

/** What zod found, in the words of the API: where, what was expected, and the shape of what came (never its text). */
export function faultsOf(error: z.ZodError, input: unknown): Fault[] {
  return error.issues.slice(0, mostFaults).flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join('.'),
        expected: 'no such field',
        got: 'a field',
      }));
    }
    const expected = expectedBy(issue.message);
    return [{ path: issue.path.join('.'), expected, got: shapeOf(at(input, issue.path)) }];
  });
}

function at(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

/** What kind of value came, without repeating it: it may be a secret or a person's. */
function shapeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
