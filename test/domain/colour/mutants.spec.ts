import { describe, expect, it } from '@jest/globals';
import { colourAt, colourOf } from '../../../src/domain/colour/colour.js';
import { prepared } from '../../../src/domain/colour/prepared.js';
import { inForce, type Policy } from '../../../src/domain/policy/policy.js';
import { read, tables, type Row, type Table } from './tables.js';

/** A policy in which one thing is otherwise than in the pack: its table must notice. */
interface Mutant {
  name: string;
  policy: Policy;
}

type Path = (string | number)[];

/** Every number and text of an expression that stands for a boundary or a value, with where it stands. */
function* literalsOf(expr: unknown, path: Path = []): Generator<{ path: Path; value: number | string }> {
  if (typeof expr === 'number' || typeof expr === 'string') yield { path, value: expr };
  if (typeof expr !== 'object' || expr === null) return;
  for (const [key, part] of Object.entries(expr)) {
    if (key === 'var') continue;
    if (key === 'plusTime') {
      // `plusTime` of 0 only makes a date of a text; its unit is no boundary of its own.
      const [, amount] = part as [unknown, number];
      if (amount !== 0) yield { path: [...path, key, 1], value: amount };
    } else yield* literalsOf(part, [...path, key]);
  }
}

/** The same with another value at one place. */
function withAt(expr: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(expr))
    return expr.map((part, at) => (at === Number(key) ? withAt(part, rest, value) : (part as unknown)));
  const object = expr as Record<string, unknown>;
  return { ...object, [key]: withAt(object[key], rest, value) };
}

function* mutantsOf(policy: Policy): Generator<Mutant> {
  const { colours } = policy;
  const withRule = (at: number, rule: Policy['colours']) => ({ ...policy, colours: colours.toSpliced(at, 1, ...rule) });
  for (const [at, rule] of colours.entries()) {
    yield { name: `without ${rule.Identifier}`, policy: withRule(at, []) };
    for (const { path, value } of literalsOf(rule.Logic)) {
      for (const other of typeof value === 'number' ? [value - 1, value + 1] : [`not-${value}`]) {
        const Logic = withAt(rule.Logic, path, other) as typeof rule.Logic;
        const name = `${rule.Identifier}: ${other} in place of ${value} at ${path.join('.')}`;
        yield { name, policy: withRule(at, [{ ...rule, Logic }]) };
      }
    }
  }
}

function notices({ place, policy }: Pick<Table, 'place' | 'policy'>, row: Row): boolean {
  const { subject, versions, at, next } = read({ place, policy }, row);
  const now = colourOf(subject, versions, at);
  if (now.colour !== row.colour || now.rule !== row.rule || now.nextChangeAt !== next) return true;
  if (next === null || !row.then) return false;
  const then = colourAt(subject, inForce(versions, next), next);
  return then.colour !== row.then[0] || then.rule !== row.then[1];
}

describe.each(tables.map((one) => [one.file, one] as const))('%s', (_, { place, policy, cases }) => {
  it('has a case that notices when any rule is missing, or any number or value in it is another', () => {
    const missed = [...mutantsOf(policy)].filter((mutant) => !cases.some((row) => notices({ place, ...mutant }, row)));
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('has a case that notices when exposures turn people red that are a little less sure, or a little more', () => {
    const isRead = prepared(policy).rules.some(({ colour, reads }) => colour === 'red' && reads.includes('exposures'));
    const { minTrustForRed } = policy;
    const missed = [minTrustForRed - 0.01, minTrustForRed + 0.01].filter(
      (other) => isRead && !cases.some((row) => notices({ place, policy: { ...policy, minTrustForRed: other } }, row)),
    );
    expect(missed).toEqual([]);
  });
});
