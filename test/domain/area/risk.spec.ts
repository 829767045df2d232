import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { loadRiskScales } from '../../../config/risk.js';
import { assessment } from '../../../src/risk/bodies.js';
import { figureNames, figuresOf, riskOf, type Figures } from '../../../src/domain/area/risk.js';

/** The tables of `test/cases/risk`: scales of risk as people of the field read them and add to them. */
const folder = new URL('../../cases/risk/', import.meta.url);

const table = z.strictObject({
  scale: z.string(),
  about: z.string(),
  cases: z.array(
    z.strictObject({
      name: z.string().min(1),
      figures: z.partialRecord(z.enum(figureNames), z.number()),
      /** The level of the unit until then. */
      before: z.int().nullable().default(null),
      level: z.int(),
      unmet: z.array(z.string()).optional(),
    }),
  ),
});

const scales = loadRiskScales();
const tables = readdirSync(folder).map((file) => {
  const read = table.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  const scale = scales.find(({ id, version }) => `${id} ${version}` === read.scale)!;
  const cases = read.cases.map((one) => ({ ...one, figures: one.figures as Figures }));
  return { file, ...read, scale, cases };
});

it('every scale has a table of cases', () => {
  expect(tables.map(({ scale: { id } }) => id).sort()).toEqual(scales.map(({ id }) => id).sort());
});

it('scales follow each other: never two at once', () => {
  const ordered = scales.toSorted((a, b) => a.validFrom - b.validFrom);
  expect(ordered.slice(1).every((next, at) => ordered[at]!.validTo === next.validFrom)).toBe(true);
});

describe.each(tables.map((one) => [one.file, one] as const))('%s', (_, { scale, cases }) => {
  const found = cases.map((one) => ({ ...one, ...riskOf(scale, one.figures, one.before), expected: one.level }));

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, { figures, before, level, unmet }) => {
    expect(figuresOf(scale).filter((name) => figures[name] === undefined)).toEqual([]);
    expect(riskOf(scale, figures, before)).toMatchObject({ level, ...(unmet && { unmet: unmet.toSorted() }) });
  });

  it('has a case at each bound, and one close below it', () => {
    const bounds = scale.transmission.flatMap(({ figure, bounds: of }) =>
      of.map((one) => ({
        figure,
        ...('from' in one ? { value: one.from, isAbove: false } : { value: one.above, isAbove: true }),
      })),
    );
    const lacking = bounds.filter(({ figure, value, isAbove }) => {
      const figures = cases.map((one) => one.figures[figure]!);
      const near = isAbove
        ? (n: number) => n > value && n <= value + 0.1
        : (n: number) => n < value && n >= value - 0.1;
      return !figures.includes(value) || !figures.some(near);
    });
    expect(lacking).toEqual([]);
  });

  it('has a case for each condition at its number, and one with it alone unmet', () => {
    const conditions = [...scale.response.conditions, ...scale.raisedWithout, ...scale.notLoweredWithout];
    const lacking = conditions.filter(
      ({ figure, atLeast }) =>
        !cases.some(({ figures }) => figures[figure] === atLeast) ||
        !found.some(({ unmet }) => unmet.length === 1 && unmet[0] === figure),
    );
    expect(lacking).toEqual([]);
  });

  it('has a case for each field of the scale', () => {
    const seen = new Set(found.map(({ transmission, response }) => `${transmission} ${response}`));
    const fields = scale.levels.flatMap((row, step) => row.map((_level, column) => `${step + 1} ${column}`));
    expect(fields.filter((field) => !seen.has(field))).toEqual([]);
  });
});

it('no response makes a level lower, and no better figure a higher one', () => {
  for (const { levels } of scales) {
    for (const row of levels) expect(row).toEqual(row.toSorted((a, b) => a - b));
    for (const [at, row] of levels.slice(1).entries()) {
      expect(row.every((level, column) => level >= levels[at]![column]!)).toBe(true);
    }
  }
});

afterAll(() => {
  const total = tables.reduce((sum, { cases }) => sum + cases.length, 0);
  process.stdout.write(`tables of risk: ${total} cases in ${tables.length} files\n`);
});

describe('the figures of a week', () => {
  const week = (figures: Figures) => assessment.safeParse({ population: 10_000, figures });

  it.each(['firstDoseAdults', 'fullDosePeople', 'fullDoseElderly', 'fullDoseAtRisk', 'careReady'] as const)(
    'name %s as a share: a percentage would meet every condition, and is refused',
    (name) => {
      expect(week({ [name]: 1 }).success).toBe(true);
      expect(week({ [name]: 75 }).error?.issues).toMatchObject([
        { path: ['figures', name], message: 'expected a share, from 0 to 1' },
      ]);
    },
  );

  it('name rates per 100,000 people, which are larger', () => {
    expect(week({ oxygen: 75, deaths: 3, freeBeds: 60, intensiveBeds: 6 }).success).toBe(true);
  });
});
