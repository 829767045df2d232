import { z } from 'zod';

/** A published version of a policy: its canonical text is what counts. */
const stored = z.strictObject({ key: z.string(), text: z.string() });

/** Queries about published policies. */
export const policies = {
  'policies/seed': {
    params: z.strictObject({ rows: z.array(stored), atMs: z.int() }),
    row: stored,
  },
  'policies/all': { params: z.strictObject({}), row: stored },
};
