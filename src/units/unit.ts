import { z } from 'zod';
import { timezone } from '../domain/policy/contact.js';

/** A unit's code as the statistics office writes it, or another of letters, digits, dots and hyphens. */
export const unitCode = z
  .string()
  .regex(/^[\p{L}\p{N}._-]{1,32}$/u, 'expected a unit code: up to 32 letters and digits');

const day = z.iso.date('expected a date, YYYY-MM-DD');
const optional = <T extends z.ZodType>(value: T) =>
  z.union([z.literal('').transform(() => undefined), value]).optional();

/**
 * A row of a file of units (SPEC 12); empty cells are unknown. Validity is in calendar days, the last one not included.
 * `timezone` and `mergedInto` are our own: where its days begin, and what it became a part of when it ended.
 */
export const unitRow = z
  .object({
    code: unitCode,
    name: z.string().trim().min(1).max(200),
    parent: optional(unitCode),
    level: optional(z.string().max(32)),
    validFrom: optional(day),
    validTo: optional(day),
    timezone: optional(timezone),
    mergedInto: optional(unitCode),
  })
  .refine(({ code, parent }) => code !== parent, { message: 'expected another unit than itself', path: ['parent'] })
  .refine(({ code, mergedInto }) => code !== mergedInto, {
    message: 'expected another unit than itself',
    path: ['mergedInto'],
  })
  .refine(({ mergedInto, validTo }) => !mergedInto || validTo, {
    message: 'expected the day on which it was merged',
    path: ['validTo'],
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom < validTo, {
    message: 'expected a day after validFrom',
    path: ['validTo'],
  });

export type UnitRow = z.output<typeof unitRow>;
