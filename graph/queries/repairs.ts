import { z } from 'zod';

const instant = z.int();
const texts = z.array(z.string());

export const repairKinds = ['conflict', 'suggestion'] as const;
export const repairStates = ['open', 'decided', 'dismissed'] as const;
const known = z.string().nullable();
const none = z.strictObject({});

const stored = {
  id: z.string(),
  kind: z.enum(repairKinds),
  state: z.enum(repairStates),
  reasons: z.string(),
  sealed: known,
  key: known,
  people: z.array(z.strictObject({ id: z.string(), root: z.string() })),
  createdAtMs: instant,
  decision: known,
  decidedBy: known,
  decidedAtMs: instant.nullable(),
};
const storedRepair = z.strictObject(stored);
export type StoredRepair = z.output<typeof storedRepair>;

/** Queries about what a person must decide: contradictions, and people who may be one (SPEC section 3). */
export const repairs = {
  'repairs/list': {
    params: z.strictObject({
      units: texts.nullable(),
      state: z.enum(repairStates),
      kind: z.enum(repairKinds).nullable(),
      after: z.string(),
      limit: z.int(),
    }),
    row: storedRepair,
  },
  'repairs/by_id': { params: z.strictObject({ id: z.string() }), row: z.strictObject({ ...stored, units: texts }) },
  'repairs/claim': {
    params: z.strictObject({ id: z.string(), atMs: instant, untilMs: instant }),
    row: z.strictObject({ id: z.string() }),
  },
  'repairs/release': { params: z.strictObject({ id: z.string(), untilMs: instant }), row: none },
  'repairs/decide': {
    params: z.strictObject({
      id: z.string(),
      state: z.enum(repairStates),
      decision: z.string(),
      by: z.string(),
      atMs: instant,
    }),
    row: z.strictObject({ id: z.string() }),
  },
  'repairs/alike': {
    params: z.strictObject({
      rows: z.array(z.strictObject({ person: z.string(), phone: z.string(), nameKeys: z.string() })),
      most: z.int(),
    }),
    row: z.strictObject({ person: z.string(), other: z.string(), key: z.string(), sealed: z.string() }),
  },
};
