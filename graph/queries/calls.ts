import { z } from 'zod';
import { callOutcomes } from '../../src/domain/call.js';

const instant = z.int();
const texts = z.array(z.string());
const open = { units: texts.nullable(), nowMs: instant };

/** A call as it lies in the graph; the note is `sealed` under the person's key, null where there is none. */
const call = z.strictObject({
  id: z.string(),
  outcome: z.enum(callOutcomes),
  atMs: instant,
  sealed: z.string().nullable(),
});

const exposure = z.strictObject({
  case: z.string(),
  dose: z.number(),
  minutes: z.int(),
  atMs: instant,
  lastAtMs: instant,
  venue: z.string(),
});

/** Queries about contacts who are to be telephoned. */
export const calls = {
  'calls/waiting': {
    params: z.strictObject({
      ...open,
      after: z.strictObject({ tried: z.int(), dose: z.number(), person: z.string() }).nullable(),
      limit: z.int(),
    }),
    row: z.strictObject({
      person: z.string(),
      key: z.string(),
      tried: z.int(),
      dose: z.number(),
      exposures: z.array(exposure),
      tries: z.array(call),
    }),
  },
  'calls/count': { params: z.strictObject(open), row: z.strictObject({ waiting: z.int() }) },
  'calls/about': {
    params: z.strictObject({ ...open, person: z.string() }),
    row: z.strictObject({ case: z.string(), unit: z.string().nullable(), key: z.string() }),
  },
  'calls/keep': {
    params: z.strictObject({
      id: z.string(),
      person: z.string(),
      outcome: z.enum(callOutcomes),
      sealed: z.string().nullable(),
      by: z.string(),
      cases: texts,
      atMs: instant,
    }),
    row: z.strictObject({}),
  },
  'calls/of_person': {
    params: z.strictObject({ person: z.string() }),
    row: call.extend({ key: z.string(), by: z.string() }),
  },
};
