import { z } from 'zod';
import { policy } from '../domain/policy/policy.js';

/** Days that can be replayed: as far back as the last fortnight (SPEC section 6). */
const mostDays = 14;

/** What a dry run looks at beside the people of the area. */
export const simulateBody = z.strictObject({
  /** So many of the last days are replayed under the draft. */
  replayDays: z.int().min(0).max(mostDays).default(0),
  /** Tries the contact rule: on all cases that stand in the area, or on these. */
  contact: z
    .union([z.boolean(), z.strictObject({ cases: z.array(z.string().min(1).max(256)).max(1_000) })])
    .default(false),
});
export type SimulateBody = z.output<typeof simulateBody>;

/** A policy as it is drafted: one that ends before it begins would be published and never speak. */
export const draftBody = policy.refine(({ validFrom, validTo }) => validTo === null || validFrom < validTo, {
  message: 'expected an instant after validFrom',
  path: ['validTo'],
});
