import { z } from 'zod';

const end = z.strictObject({ number: z.int(), hash: z.string(), position: z.string() });

const appended = z.strictObject({
  chain: z.string(),
  number: z.int(),
  hash: z.string(),
  body: z.string(),
  who: z.string().nullable(),
  purpose: z.string().nullable(),
  case: z.string().nullable(),
  atMs: z.int().nullable(),
  people: z.array(z.string()),
});

/** Queries about who read whose data. */
export const reads = {
  'reads/begin': { params: z.strictObject({ chain: z.string() }), row: end },
  'reads/end': { params: z.strictObject({ chain: z.string() }), row: end },
  'reads/move': {
    params: z.strictObject({ chain: z.string(), from: end, to: end }),
    row: z.strictObject({ number: z.int() }),
  },
  'reads/append': { params: z.strictObject({ rows: z.array(appended) }), row: z.strictObject({}) },
  'reads/page': {
    params: z.strictObject({ chain: z.string(), after: z.int(), limit: z.int() }),
    row: z.strictObject({ number: z.int(), hash: z.string(), body: z.string() }),
  },
  'reads/of_person': {
    params: z.strictObject({ person: z.string(), limit: z.int() }),
    row: z.strictObject({
      who: z.string(),
      purpose: z.string(),
      case: z.string().nullable(),
      atMs: z.int(),
      body: z.string(),
      unit: z.string().nullable(),
    }),
  },
};
