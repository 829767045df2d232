import { z } from 'zod';

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
