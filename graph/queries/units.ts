import { z } from 'zod';

const text = z.string().nullable();

export const unitVersion = z.strictObject({
  code: z.string(),
  name: text,
  parent: text,
  level: text,
  validFrom: text,
  validTo: text,
  timezone: text.default(null),
  mergedInto: text.default(null),
});

/** A unit with what it is a part of, during a time; dates are calendar days, `YYYY-MM-DD`. */
export type StoredUnit = z.output<typeof unitVersion>;

/** The version that began last, and the others of its code as JSON. */
const unit = unitVersion.extend({ earlier: z.array(z.string()).default([]) });

/** Queries about administrative units. */
export const units = {
  'units/all': { params: z.strictObject({}), row: unit },
  'units/save': { params: z.strictObject({ rows: z.array(unit) }), row: z.strictObject({}) },
};
