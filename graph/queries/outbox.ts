import { z } from 'zod';

/** Queries about work that a transaction leaves behind for the next step (DESIGN section 1, outbox). */
export const outbox = {
  'outbox/add': {
    params: z.strictObject({ id: z.string(), step: z.string(), body: z.string(), atMs: z.int() }),
    row: z.strictObject({}),
  },
  'outbox/left': {
    params: z.strictObject({ step: z.string(), beforeMs: z.int(), limit: z.int() }),
    row: z.strictObject({ id: z.string(), body: z.string() }),
  },
  'outbox/done': {
    params: z.strictObject({ ids: z.array(z.string()) }),
    row: z.strictObject({}),
  },
};
