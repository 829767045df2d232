import { z } from 'zod';
import { timezone } from '../policy/contact.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const level = z.int().min(1).max(4);

/** What is known of a unit in a week; shares are 0 to 1, rates per 100,000 people. */
export const figureNames = [
  'cases',
  'oxygen',
  'deaths',
  'firstDoseAdults',
  'fullDosePeople',
  'fullDoseElderly',
  'fullDoseAtRisk',
  'careReady',
  'freeBeds',
  'intensiveBeds',
] as const;
/** Those that are shares, from 0 to 1. */
export const shareNames: readonly FigureName[] = [
  'firstDoseAdults',
  'fullDosePeople',
  'fullDoseElderly',
  'fullDoseAtRisk',
  'careReady',
];
export type FigureName = (typeof figureNames)[number];
export type Figures = Partial<Record<FigureName, number>>;

/** From a figure on, or above it, the next level of transmission begins. */
const bound = z.union([z.strictObject({ from: z.number().min(0) }), z.strictObject({ above: z.number().min(0) })]);

const condition = z.strictObject({ figure: z.enum(figureNames), atLeast: z.number().min(0) });
type Condition = z.output<typeof condition>;

const row = z.array(level).min(1);

/**
 * How a risk level follows from figures: data like a policy, with the document of each number in `sources`.
 * `transmission` gives 1 to 4, the worst of its figures; `response` the column, by how many of its conditions are not
 * met; `levels` says which level that is.
 */
export const riskScale = z
  .strictObject({
    id: z.string().min(1).max(64),
    version: z.string().min(1).max(32),
    timezone,
    validFrom: instant,
    validTo: instant.nullable(),
    /** Cases are those confirmed in so many local days that ended with the last midnight. */
    days: z.int().min(1).max(28),
    noticeHours: z.int().min(0).max(720),
    transmission: z
      .array(z.strictObject({ figure: z.enum(figureNames), bounds: z.tuple([bound, bound, bound]) }))
      .min(1),
    response: z.strictObject({
      conditions: z.array(condition).min(1),
      /** Unmet conditions up to which a column is that of the unit; with more of them it is the last one. */
      unmetUpTo: z.array(z.int().min(0)).min(1),
    }),
    levels: z.tuple([row, row, row, row]),
    /** Unmet, the level is one higher, but where there was no case. */
    raisedWithout: z.array(condition),
    /** Unmet, the level is not lowered. */
    notLoweredWithout: z.array(condition),
    sources: z.record(z.string(), z.string().min(1)),
  })
  .refine(({ levels, response: { unmetUpTo } }) => levels.every((one) => one.length === unmetUpTo.length + 1), {
    message: 'expected one level for each column',
    path: ['levels'],
  });
export type RiskScale = z.output<typeof riskScale>;

/** A level, and what it came from. */
export interface RiskLevel {
  level: number;
  transmission: number;
  /** The column of the scale: 0 is the best response. */
  response: number;
  /** What kept the level from being lower, or raised it; names of figures. */
  unmet: FigureName[];
}

/** The figures that a scale asks for. */
export function figuresOf({ transmission, response, ...more }: RiskScale): FigureName[] {
  const conditions = [...response.conditions, ...more.raisedWithout, ...more.notLoweredWithout];
  return [...new Set([...transmission, ...conditions].map(({ figure }) => figure))];
}

/** The level that follows from figures, all of which must be there; `before` is the unit's level until now. */
export function riskOf(scale: RiskScale, figures: Figures, before: number | null): RiskLevel {
  const isUnmet = ({ figure, atLeast }: Condition) => !(figures[figure]! >= atLeast);
  const transmission = Math.max(...scale.transmission.map((one) => stepOf(one.bounds, figures[one.figure]!)));
  const unmetResponse = scale.response.conditions.filter(isUnmet);
  const column = scale.response.unmetUpTo.findIndex((most) => unmetResponse.length <= most);
  const response = column < 0 ? scale.response.unmetUpTo.length : column;
  const raising = figures.cases === 0 ? [] : scale.raisedWithout.filter(isUnmet);
  const raised = Math.min(highest, scale.levels[transmission - 1]![response]! + (raising.length > 0 ? 1 : 0));
  const keeping = scale.notLoweredWithout.filter(isUnmet);
  const level = keeping.length > 0 ? Math.max(raised, before ?? raised) : raised;
  const unmet = [...new Set([...unmetResponse, ...raising, ...keeping].map(({ figure }) => figure))];
  return { level, transmission, response, unmet };
}

const highest = 4;

const stepOf = (bounds: z.output<typeof bound>[], figure: number): number =>
  1 + bounds.filter((one) => ('from' in one ? figure >= one.from : figure > one.above)).length;
