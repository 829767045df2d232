import { z } from 'zod';
import { admissionPart } from './admission.js';
import { coloursPart } from './colours.js';
import { contactPart, timezone } from './contact.js';
import type { Source } from './source.js';
import { stayPart } from './stays.js';

const instant = z.iso
  .datetime({ offset: true, error: 'expected an instant with an offset' })
  .transform((text) => Date.parse(text));

const text = z.string().min(1);
const source = z.union([text, z.strictObject({ vi: text, en: text })]) satisfies z.ZodType<Source>;

/** More than `share` of a unit's people, but at least `minPeople`, changing colour within `withinMinutes`. */
const guardPart = z.strictObject({
  share: z.number().gt(0).max(1),
  withinMinutes: z.int().min(1).max(1_440),
  minPeople: z.int().min(1).default(1),
});
export type BulkChangeGuard = z.output<typeof guardPart>;

/**
 * One published version of the rules of one area: dated, never changed, superseded by another (SPEC section 6).
 * `area` is a unit's code, or null for people, venues and cases without a unit.
 */
export const policy = z.strictObject({
  id: z.string().min(1).max(64),
  version: z.string().min(1).max(32),
  area: z.string().min(1).nullable(),
  timezone,
  validFrom: instant,
  validTo: instant.nullable(),
  contact: contactPart,
  stays: stayPart,
  colours: coloursPart,
  admission: admissionPart,
  /** Exposures less sure than this never turn anyone red by themselves (SPEC section 4). */
  minTrustForRed: z.number().min(0).max(1),
  /** When evidence that changes many colours at once waits for a second officer (SPEC section 6); never without it. */
  bulkChangeGuard: guardPart.optional(),
  /**
   * The level of the area, 1 to 4 (Resolution 128/NQ-CP), where no risk level was found for it: a higher one than
   * before takes 48 hours' notice. Rules read it as `area.level`.
   */
  level: z.int().min(1).max(4).optional(),
  /** How long stays are kept; an installation's own `RETENTION_DAYS` may be shorter. */
  retention: z.strictObject({ stayDays: z.int().min(1).max(3_650) }),
  /** For each part or number: the document it comes from, or a text that begins with `assumption` in English. */
  sources: z.record(z.string(), source),
});

export type Policy = z.output<typeof policy>;

/** Whether a version is in force at an instant: `[validFrom, validTo)`. */
export const isInForce = ({ validFrom, validTo }: Policy, ms: number): boolean =>
  validFrom <= ms && (validTo === null || ms < validTo);

/** The version that speaks at an instant: the first in force of those that may (policy/book.ts orders them). */
export const inForce = (versions: readonly Policy[], ms: number): Policy | undefined =>
  versions.find((version) => isInForce(version, ms));
