import { z } from 'zod';

/** ISO 8601 with an offset or `Z`, or whole epoch milliseconds (SPEC 12); milliseconds when read. */
export const instant = z.union([
  z.iso.datetime({ offset: true, error: 'an instant with an offset' }).transform((text) => Date.parse(text)),
  z
    .string()
    .regex(/^\d{1,15}$/, 'an instant with an offset, or epoch milliseconds')
    .transform(Number),
]);
