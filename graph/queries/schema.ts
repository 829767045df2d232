import { z } from 'zod';

/** Queries about the schema itself: which migrations have run. */
export const schema = {
  'schema/applied_migrations': {
    params: z.strictObject({}),
    row: z.strictObject({ name: z.string(), hash: z.string() }),
  },
  'schema/record_migration': {
    params: z.strictObject({ name: z.string(), hash: z.string(), atMs: z.int() }),
    row: z.strictObject({}),
  },
};
