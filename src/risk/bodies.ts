import { z } from 'zod';
import { figureNames, shareNames, type FigureName } from '../domain/area/risk.js';

/** Figures an officer tells; cases are counted, or told as a number of people. */
const told = figureNames.filter((name) => name !== 'cases');

/** A share above 1 would be a percentage, which meets every condition. */
const figure = (name: FigureName) =>
  shareNames.includes(name)
    ? z.number().min(0).max(1, 'expected a share, from 0 to 1')
    : z.number().min(0).max(100_000);

/** A unit's week: `figures` are shares from 0 to 1 or rates per 100,000 people, as docs/policies.md lists them. */
export const assessment = z.strictObject({
  population: z.int().min(1).max(10_000_000_000),
  /** Confirmed in the last 7 days; counted from the system's own cases where it is left out. */
  cases: z.int().min(0).max(10_000_000_000).optional(),
  figures: z.strictObject(
    Object.fromEntries(told.map((name) => [name, figure(name).optional()])) as Record<
      (typeof told)[number],
      z.ZodOptional<z.ZodNumber>
    >,
  ),
});
export type Assessment = z.output<typeof assessment>;

export const riskQuery = z.strictObject({
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
});

export const historyQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) });
