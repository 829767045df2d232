import type { NextFunction, Request, Response } from 'express';
import { Problem } from './problem.js';

/** Lists and objects in each other that a body may hold: none of ours has twenty, rules included (assumption). */
const maxDepth = 100;

/** Refuses a body that is deeper than anything here takes: whatever calls itself on each level would break on it. */
export function refuseDeepBody({ body }: Request, _response: Response, next: NextFunction): void {
  if (!isDeeperThan(maxDepth, body)) return next();
  const fault = { path: '', expected: `at most ${maxDepth} lists and objects in each other`, got: 'more' };
  next(new Problem(422, 'bad-input', 'The input does not fit.', { errors: [fault] }));
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

/**
 * A body that is no JSON is a 422 with where, as any other bad input is (API.md). Stands before Nest, which makes a 400
 * of every SyntaxError.
 */
export function refuseBrokenBody(error: Error, _request: Request, _response: Response, next: NextFunction): void {
  if ((error as { type?: unknown }).type !== 'entity.parse.failed') return next(error);
  const fault = { path: '', expected: 'JSON', got: whatCame(error.message) };
  next(new Problem(422, 'bad-input', 'The body is no JSON.', { errors: [fault] }));
}

/** Where the text stops being JSON, as far as the parser tells it; its own words may repeat what came (RFC 8259). */
function whatCame(message: string): string {
  if (/^Unexpected end of JSON input$/.test(message)) return 'a text that ends too early';
  const [, position] = / JSON at position (\d+)( \(line \d+ column \d+\))?$/.exec(message) ?? [];
  return position === undefined ? 'another text' : `another text from character ${position} on`;
}
