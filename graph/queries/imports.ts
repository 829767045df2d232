import { z } from 'zod';

/** Queries about what an import finds here already. */
export const imports = {
  'imports/kept_stays': {
    params: z.strictObject({ ids: z.array(z.string()) }),
    row: z.strictObject({ id: z.string(), trust: z.number() }),
  },
};
