import { z } from 'zod';
import { settings } from '../../src/domain/policy/contact.js';

/** Queries of the memory reader, beside those of `cases` that both readers of stays ask. */
export const stays = {
  'stays/days_after': {
    params: z.strictObject({ after: z.string(), limit: z.int() }),
    row: z.strictObject({ key: z.string() }),
  },
  'stays/count': { params: z.strictObject({}), row: z.strictObject({ days: z.int(), stays: z.int() }) },
  'stays/settings': {
    params: z.strictObject({ ids: z.array(z.string()) }),
    row: z.strictObject({ id: z.string(), setting: z.enum(settings).nullable() }),
  },
};
