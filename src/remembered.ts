import { z } from 'zod';
import { evidenceFact } from './domain/colour/evidence.js';

/** What history keeps of a version of a person (workers/status writes it): the evidence as it stood, and what it gave. */
export const remembered = z.object({
  verified: z.boolean(),
  unit: z.string().nullable(),
  evidence: z.array(evidenceFact),
  colour: z.string().optional(),
  rule: z.string().optional(),
  policy: z.object({ id: z.string(), version: z.string() }).nullish(),
});
