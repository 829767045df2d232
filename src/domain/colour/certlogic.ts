import { evaluate, type CertLogicExpression } from 'certlogic-js';

/** A CertLogic expression made ready to be asked many times. Throws where certlogic-js throws. */
export type Logic = (data: unknown) => unknown;

/** Dates a node remembers before it forgets them all: more than the days that policies look back (assumption). */
const rememberedDates = 4_096;

/**
 * Compiles an expression of valid form (`isCertLogicExpression`), so that its shape is looked at once and not
 * for each person. The answers are those of certlogic-js, which the public test suite and a property compare; what is
 * rare, and every date arithmetic, is left to certlogic-js itself.
 */
export function compile(expr: CertLogicExpression): Logic {
  if (Array.isArray(expr)) {
    const items = expr.map(compile);
    return (data) => items.map((item) => item(data));
  }
  if (typeof expr !== 'object') return () => expr;
  const [[operator, operands]] = Object.entries(expr) as [[string, never]];
  const compiler = compilers[operator];
  return compiler ? compiler(operands) : (data) => evaluate(expr, data);
}

type Operands = CertLogicExpression[];

const compilers: Record<string, (operands: never) => Logic> = {
  var: (path: string) => access(path),
  if: (operands: Operands) => {
    const [guard, then, otherwise] = operands.map(compile) as [Logic, Logic, Logic];
    return (data) => (isTrue(guard(data)) ? then(data) : otherwise(data));
  },
  and: (operands: Operands) => {
    const all = operands.map(compile);
    return (data) => {
      let last: unknown = true;
      for (const each of all) {
        last = each(data);
        if (!isTrue(last)) return last;
      }
      return last;
    };
  },
  '!': ([operand]: [CertLogicExpression]) => {
    const asked = compile(operand);
    return (data) => !isTrue(asked(data));
  },
  '===': (operands: Operands) => pair(operands, (a, b) => a === b),
  in: (operands: Operands) =>
    pair(operands, (a, list) => {
      if (!Array.isArray(list)) throw new Error('the right-hand side of "in" is not a list');
      return list.includes(a);
    }),
  '+': (operands: Operands) => pair(operands, (a, b) => whole(a) + whole(b)),
  '<': (operands: Operands) => chain(operands, whole, (a, b) => a < b),
  '>': (operands: Operands) => chain(operands, whole, (a, b) => a > b),
  '<=': (operands: Operands) => chain(operands, whole, (a, b) => a <= b),
  '>=': (operands: Operands) => chain(operands, whole, (a, b) => a >= b),
  after: (operands: Operands) => chain(operands, time, (a, b) => a > b),
  before: (operands: Operands) => chain(operands, time, (a, b) => a < b),
  'not-after': (operands: Operands) => chain(operands, time, (a, b) => a <= b),
  'not-before': (operands: Operands) => chain(operands, time, (a, b) => a >= b),
  plusTime: ([operand, amount, unit]: [CertLogicExpression, number, 'day']) => {
    const text = compile(operand);
    const plus = remembering((from) => evaluate({ plusTime: [from as string, amount, unit] }, null) as Date);
    return (data) => plus(text(data));
  },
  reduce: ([operand, lambda, initial]: [CertLogicExpression, CertLogicExpression, CertLogicExpression]) => {
    const [list, step, start] = [compile(operand), compile(lambda), compile(initial)];
    return (data) => {
      const items = list(data);
      if (items === null) return start(data);
      if (!Array.isArray(items)) throw new Error('the operand of "reduce" is not a list');
      return items.reduce<unknown>((accumulator, current: unknown) => step({ accumulator, current }), start(data));
    };
  },
};

/** The value at a path of names and positions; null where there is none. */
function access(path: string): Logic {
  if (path === '') return (data) => data;
  const fragments = path.split('.').map((text) => {
    const position = Number.parseInt(text, 10);
    return Number.isNaN(position) ? text : position;
  });
  return (data) => {
    let value = data;
    for (const fragment of fragments) {
      if (value === null) return null;
      value = (value as Record<string | number, unknown>)[fragment] ?? null;
    }
    return value;
  };
}

function pair(operands: Operands, decide: (a: unknown, b: unknown) => unknown): Logic {
  const [left, right] = operands.map(compile) as [Logic, Logic];
  return (data) => decide(left(data), right(data));
}

/** Two or three operands, each beside the next; all are read before any two are compared. */
function chain(operands: Operands, read: (value: unknown) => number, holds: (a: number, b: number) => boolean): Logic {
  const [first, second, third] = operands.map(compile) as [Logic, Logic, Logic?];
  if (!third) return (data) => holds(read(first(data)), read(second(data)));
  return (data) => {
    const [a, b, c] = [read(first(data)), read(second(data)), read(third(data))];
    return holds(a, b) && holds(b, c);
  };
}

/** What CertLogic takes for true; throws for what it takes for neither. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number' && !Number.isNaN(value)) return value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && !(value instanceof Date)) return Object.keys(value).length > 0;
  throw new Error('a value that is neither true nor false');
}

function whole(value: unknown): number {
  if (Number.isInteger(value)) return value as number;
  throw new Error('a whole number was expected');
}

function time(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  throw new Error('a date was expected');
}

/** Remembers answers by their text: the same few days are asked for over and over. */
function remembering(answer: (text: unknown) => Date): (text: unknown) => Date {
  const known = new Map<unknown, Date>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    const made = answer(text);
    if (known.size >= rememberedDates) known.clear();
    known.set(text, made);
    return made;
  };
}
