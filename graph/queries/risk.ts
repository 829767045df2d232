import { z } from 'zod';

const instant = z.int();

const assessment = z.strictObject({
  key: z.string(),
  unit: z.string(),
  at: instant,
  level: z.int(),
  noticeMs: z.int(),
  scale: z.string(),
  found: z.string(),
  by: z.string(),
});
/** A level that was found for a unit; `found` is JSON: the figures and what followed from them. */
export type StoredAssessment = z.output<typeof assessment>;

/** Queries about the risk levels of units. */
export const risk = {
  'risk/levels': {
    params: z.strictObject({}),
    row: z.strictObject({ unit: z.string(), atMs: instant, level: z.int(), noticeMs: z.int() }),
  },
  'risk/save': { params: assessment, row: z.strictObject({ key: z.string() }) },
  'risk/of_unit': { params: z.strictObject({ unit: z.string(), limit: z.int() }), row: assessment },
  'risk/places': {
    params: z.strictObject({
      areas: z.array(z.strictObject({ unit: z.string(), units: z.array(z.string()) })),
      cell: z.number(),
    }),
    row: z.strictObject({ unit: z.string(), lat: z.number(), lon: z.number() }),
  },
  'risk/cases': {
    params: z.strictObject({ units: z.array(z.string()), fromMs: instant, untilMs: instant }),
    row: z.strictObject({ cases: z.int() }),
  },
};
