import { z } from 'zod';
import { maxCaseIdLength } from '../domain/files/cases.js';

/** The longest `next`: the id of a case as a file gave it, or an instant and an id of ours (assumption). */
const longestCursor = Math.max(maxCaseIdLength, 200);

/** Fields of the query of every list: `?limit=&after=` (API.md); spread into a list's own query. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** The `next` of the page before. */
  after: z.string().max(longestCursor).default(''),
};

/** The query of a list that knows no other field. */
export const pageQuery = z.strictObject(pageFields);
export type PageQuery = z.output<typeof pageQuery>;

/** Internal ids in one text, with commas between them: what a page shows at once. */
export const idList = z
  .string()
  .max(26_000)
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.string().max(256)).min(1).max(100));

export interface Page<T> {
  items: T[];
  /** What the next page comes after; null when this is the last one. */
  next: string | null;
}

/** Makes a page out of up to `limit + 1` rows: the one too many tells that there are more. */
export function pageOf<T>(rows: T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
