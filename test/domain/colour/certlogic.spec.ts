import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { evaluate, isCertLogicExpression, type CertLogicExpression } from 'certlogic-js';
import fc from 'fast-check';
import { validate } from 'certlogic-js/dist/validation/index.js';
import { colourRule } from '../../../src/domain/policy/colours.js';
import { compile } from '../../../src/domain/colour/certlogic.js';

interface Assertion {
  data: unknown;
  expected: unknown;
  certLogicExpression?: CertLogicExpression;
  message?: string;
  directive?: string;
}
interface Suite {
  name: string;
  directive?: string;
  cases: { name: string; directive?: string; certLogicExpression?: CertLogicExpression; assertions: Assertion[] }[];
}

const folder = new URL('../../../../shared/vectors/certlogic/testSuite/', import.meta.url);
const suites = existsSync(folder)
  ? readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Suite)
  : [];
const asked = <T extends { directive?: string }>(list: T[]) => list.filter(({ directive }) => directive !== 'skip');
const cases = asked(suites).flatMap((suite) =>
  asked(suite.cases).flatMap(({ name, certLogicExpression, assertions }) =>
    asked(assertions).map((one, at) => {
      const expr = one.certLogicExpression ?? certLogicExpression!;
      return [`${suite.name} › ${name} › ${one.message ?? at}`, expr, one.data ?? null, one.expected] as const;
    }),
  ),
);

/** What an expression answers, or that it throws. */
function outcome(ask: () => unknown): unknown {
  try {
    return ask();
  } catch {
    return 'throws';
  }
}

(cases.length ? describe : describe.skip)('the public test suite of CertLogic (../shared/vectors)', () => {
  it.each(cases)('%s', (_, expr, data, expected) => {
    expect(compile(expr)(data)).toEqual(expected);
  });
});

interface Validation {
  name: string;
  cases: { certLogicExpression: unknown; issues: unknown[]; directive?: string }[];
}
const validations = new URL('../validation-testSuite/', folder);
const forms = existsSync(validations)
  ? asked(
      readdirSync(validations).flatMap((name) => {
        const suite = JSON.parse(readFileSync(new URL(name, validations), 'utf8')) as Validation;
        return suite.cases.map((one, at) => ({ ...one, at: `${suite.name} › ${at}` }));
      }),
    ).map(({ at, certLogicExpression, issues }) => [at, certLogicExpression, issues] as const)
  : [];

/** Whether a policy may hold an expression: of good form, and nothing in it that has no meaning for colours. */
const isTaken = (Logic: unknown): boolean => {
  const Description = ['vi', 'en'].map((lang) => ({ lang, desc: 'text' }));
  return colourRule.safeParse({ Identifier: 'a', Description, Logic, colour: 'red' }).success;
};

(forms.length ? describe : describe.skip)('the public validation suite of CertLogic (../shared/vectors)', () => {
  it.each(forms)('%s', (_, expr, issues) => {
    expect(validate(expr)).toHaveLength(issues.length);
    if (issues.length > 0) expect(isTaken(expr)).toBe(false);
  });
});

afterAll(() => {
  process.stdout.write(`CertLogic: ${cases.length} assertions and ${forms.length} forms of the public suites\n`);
});

const path = fc.constantFrom(
  'a',
  'b',
  'list',
  'list.0',
  'list.1.a',
  'day',
  'current',
  'current.a',
  'accumulator',
  'no.such',
);
const { expr } = fc.letrec<{ expr: CertLogicExpression; op: CertLogicExpression }>((tie) => {
  const some = (length: number) => fc.array(tie('expr'), { minLength: length, maxLength: length });
  const op = (name: string, ...lengths: number[]) =>
    fc.oneof(...lengths.map(some)).map((operands) => ({ [name]: operands }) as unknown as CertLogicExpression);
  return {
    expr: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.constantFrom('', 'x', '2021-12-20', 'a day')),
      path.map((text) => ({ var: text })),
      tie('op'),
      fc.array(tie('expr'), { maxLength: 2 }),
    ),
    op: fc.oneof(
      ...['<', '>', '<=', '>=', 'after', 'before', 'not-after', 'not-before'].map((name) => op(name, 2, 3)),
      ...['===', 'in', '+'].map((name) => op(name, 2)),
      op('and', 2, 3),
      op('!', 1),
      op('if', 3),
      op('reduce', 3),
      fc
        .tuple(tie('expr'), fc.integer({ min: -40, max: 40 }), fc.constantFrom('day', 'hour', 'month', 'year'))
        .map((operands) => ({ plusTime: operands }) as unknown as CertLogicExpression),
    ),
  };
});
const data = { a: 1, b: 'x', list: [{ a: 2 }, { a: null }], day: '2021-12-20', current: { a: true }, accumulator: 0 };

describe('a compiled expression', () => {
  it('answers what certlogic-js answers, and throws where it throws', () => {
    fc.assert(
      fc.property(expr.filter(isCertLogicExpression), (each) => {
        expect(outcome(() => compile(each)(data))).toEqual(outcome(() => evaluate(each, data)));
      }),
      { numRuns: 5_000 },
    );
  });
});
