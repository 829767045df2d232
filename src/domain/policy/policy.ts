import { z } from 'zod';
import { stayPart } from './stays.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/**
 * One published version of the rules of one area: dated, never changed, superseded by another (SPEC section 6).
 * `area` is a unit's code, or null for people, venues and cases without a unit.
 */
export const policy = z.strictObject({
  id: z.string().min(1).max(64),
  version: z.string().min(1).max(32),
  area: z.string().nullable(),
  timezone: z.string().min(1),
  validFrom: instant,
  validTo: instant.nullable(),
  stays: stayPart,
  /** For each part or number: the document it comes from, or a text that begins with `assumption`. */
  sources: z.record(z.string(), z.string().min(1)),
});

export type Policy = z.output<typeof policy>;
