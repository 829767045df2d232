import { z } from 'zod';

const unit = z.strictObject({
  code: z.string(),
  name: z.string().nullable(),
  parent: z.string().nullable(),
  level: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
});

/** An administrative unit with the unit it is a part of; dates are calendar days, `YYYY-MM-DD`. */
export type StoredUnit = z.output<typeof unit>;

/** Queries about administrative units. */
export const units = {
  'units/all': { params: z.strictObject({}), row: unit },
  'units/save': { params: z.strictObject({ rows: z.array(unit) }), row: z.strictObject({}) },
};
