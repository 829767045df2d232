import { z } from 'zod';
import { readInstant } from '../domain/files/instant.js';
import { maxPersonTextLength } from '../domain/identity/identifiers.js';
import { neutralTimezone } from '../domain/policy/contact.js';
import { pageFields } from '../http/page.js';

/** An instant with an offset, or a date: the start of that local day (SPEC section 5). Milliseconds when read. */
const instant = z
  .string()
  .max(40)
  .transform((text, context) => {
    const ms = /^-?\d+$/.test(text) ? undefined : readInstant(text, neutralTimezone);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: 'expected an instant with an offset, or a date' });
    return z.NEVER;
  });

const dates = { onset: instant.optional(), sampledAt: instant.optional(), isolatedAt: instant.optional() };
const counted = ({ onset, sampledAt }: { onset?: number | undefined; sampledAt?: number | undefined }) =>
  onset !== undefined || sampledAt !== undefined;
const uncounted = { message: 'expected an instant here or in sampledAt', path: ['onset'] };

/** A case to confirm or to preview (API.md); `person` as SPEC 12 says. */
export const newCase = z
  .strictObject({ person: z.string().min(1).max(maxPersonTextLength), ...dates })
  .refine(counted, uncounted);
export type NewCase = z.output<typeof newCase>;

/** What is different about a case; null takes an instant away, what is not named stays as it is. */
export const caseChange = z.strictObject({
  onset: instant.nullable().optional(),
  sampledAt: instant.nullable().optional(),
  isolatedAt: instant.nullable().optional(),
});
export type CaseChange = z.output<typeof caseChange>;

/** A change to try out: other dates, or none of the case at all. */
export const changePreview = z.union([z.strictObject({ retract: z.literal(true) }), caseChange]);
export type ChangePreviewBody = z.output<typeof changePreview>;

export const retraction = z.strictObject({ reason: z.string().trim().min(1).max(500) });

export const caseQuery = z.strictObject({
  ...pageFields,
  state: z.enum(['open', 'retracted', 'all']).default('all'),
});

export const exposureQuery = z.strictObject({
  ...pageFields,
  level: z.coerce.number().int().min(1).max(5).optional(),
  minDose: z.coerce.number().min(0).optional(),
});
export type ExposureQuery = z.output<typeof exposureQuery>;
