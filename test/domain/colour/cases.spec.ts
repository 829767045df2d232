import { afterAll, describe, expect, it } from '@jest/globals';
import { candidatesOf } from '../../../src/domain/colour/changes.js';
import { colourAt, colourOf } from '../../../src/domain/colour/colour.js';
import { prepared } from '../../../src/domain/colour/prepared.js';
import { inForce, type Policy } from '../../../src/domain/policy/policy.js';
import { read, shipped, tables } from './tables.js';

it.each(
  shipped
    .filter(({ version }) => !version.endsWith('-demo'))
    .map((policy) => [`${policy.id} ${policy.version}`, policy] as const),
)('%s has a table of cases', (_, policy) => expect(tables.some((one) => one.policy === policy)).toBe(true));

it('a version of the demo says what the version it is named after says, but for where and when', () => {
  const demo = shipped.filter(({ version }) => version.endsWith('-demo'));
  expect(demo).not.toEqual([]);
  const rulesOf = ({ version: _v, area: _a, validFrom: _f, validTo: _t, sources: _s, ...rules }: Policy) => rules;
  for (const policy of demo) {
    const named = shipped.find(({ id, version }) => id === policy.id && `${version}-demo` === policy.version);
    expect(rulesOf(policy)).toEqual(rulesOf(named!));
  }
});

describe.each(tables.map((one) => [one.file, one] as const))('%s', (_, one) => {
  it.each(one.cases.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    const { subject, versions, at, next } = read(one, row);
    expect(colourOf(subject, versions, at)).toMatchObject({ colour: row.colour, rule: row.rule, nextChangeAt: next });
    if (next === null) return;
    const verdictAt = (ms: number) => colourAt(subject, inForce(versions, ms), ms);
    expect(verdictAt(next - 1)).toMatchObject({ colour: row.colour, rule: row.rule });
    const [colour, rule] = row.then ?? [];
    if (colour) expect(verdictAt(next)).toMatchObject({ colour, rule });
  });

  it('has a case for every rule', () => {
    const said = new Set(one.cases.flatMap(({ rule, then }) => [rule, ...(then ? [then[1]] : [])]));
    expect(one.policy.colours.map(({ Identifier }) => Identifier).filter((rule) => !said.has(rule))).toEqual([]);
  });

  it('has a case that changes at every number of days and hours', () => {
    const { shifts, calendar } = prepared(one.policy);
    const none = { days: [], instants: [], today: [0], nowMs: [0], dates: [] };
    const single = [
      ...shifts.days
        .filter(({ unit, amount }) => unit === 'day' && amount > 0)
        .map((shift) => ({ ...none, days: [shift] })),
      ...shifts.instants
        .filter(({ unit, amount }) => unit === 'hour' && amount > 0)
        .map((shift) => ({ ...none, instants: [shift] })),
    ];
    const reads = one.cases.filter(({ timezone }) => !timezone).map((row) => read(one, row));
    const missing = single.filter(
      (shift) =>
        !reads.some(({ subject, next }) =>
          subject.evidence.some((fact) =>
            [fact.at, 'lastAt' in fact ? fact.lastAt : fact.at].some((ms) =>
              candidatesOf(ms, shift, calendar).includes(next!),
            ),
          ),
        ),
    );
    expect(missing.map(({ days, instants }) => [...days, ...instants])).toEqual([]);
  });
});

afterAll(() => {
  const total = tables.reduce((sum, { cases }) => sum + cases.length, 0);
  process.stdout.write(`tables of cases: ${total} cases in ${tables.length} files\n`);
});
