import { z } from 'zod';

const instants = z.array(z.int());
const texts = z.array(z.string());

/** Queries about what the system holds, for files of SPEC section 12. */
export const exported = {
  'exports/next_day': {
    params: z.strictObject({ from: z.string(), to: z.string() }),
    row: z.strictObject({ day: z.string() }),
  },
  'exports/minutes': {
    params: z.strictObject({ day: z.string() }),
    row: z.strictObject({ minute: z.int(), stays: z.int() }),
  },
  'exports/stays': {
    params: z.strictObject({ day: z.string(), inFromMs: z.int(), inToMs: z.int(), fromMs: z.int(), toMs: z.int() }),
    row: z.strictObject({
      venue: z.string(),
      people: texts,
      zones: texts,
      ins: instants,
      outs: instants,
      trusts: z.array(z.number()),
    }),
  },
  'exports/people': {
    params: z.strictObject({ ids: z.array(z.string()) }),
    row: z.strictObject({
      id: z.string(),
      records: z.array(z.strictObject({ key: z.string(), sealed: z.string() })),
    }),
  },
};
