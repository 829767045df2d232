import { describe, expect, it } from '@jest/globals';
import { canonical, loadPolicyFiles } from '../../../config/policy.js';
import type { Graph } from '../../../graph/graph.js';
import { seedPolicies } from '../../../graph/policies.js';
import { colourRule } from '../../../src/domain/policy/colours.js';
import { withoutSource } from '../../../src/domain/policy/sources.js';

const files = loadPolicyFiles();

describe('the policies that ship', () => {
  it.each(files.map(({ policy }) => [`${policy.id} ${policy.version}`, policy] as const))(
    '%s names the source of every part',
    (_, policy) => {
      for (const part of ['contact', 'stays', 'colours', 'admission', 'minTrustForRed', 'retention']) {
        expect(policy.sources).toHaveProperty([part, 'en'], expect.stringMatching(/assumption|SPEC|Decision|BYT/));
      }
      const guard = policy.bulkChangeGuard ? [{ vi: expect.any(String), en: expect.stringMatching(/assumption/) }] : [];
      expect([policy.sources['bulkChangeGuard'] ?? []].flat()).toEqual(guard);
    },
  );

  it.each(files.map(({ policy, text }) => [`${policy.id} ${policy.version}`, text] as const))(
    '%s has no number without a source',
    (_, text) => {
      expect(withoutSource(JSON.parse(text))).toEqual([]);
    },
  );

  it('have names of their own', () => {
    const names = files.map(({ policy: { id, version } }) => `${id}|${version}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('take over other words for what the same rules rest on', async () => {
    const told: { key: string }[][] = [];
    const before = (row: { text: string }) =>
      JSON.stringify({ ...JSON.parse(row.text), sources: { stays: 'a guess' } });
    const graph = {
      write: (query: string, { rows }: { rows: { key: string; text: string }[] }) => {
        if (query === 'policies/reword') told.push(rows);
        return Promise.resolve(rows.map((row) => (row.key === 'neutral|1' ? { ...row, text: before(row) } : row)));
      },
    };
    await seedPolicies(graph as unknown as Graph, 0);
    expect(told.flat()).toEqual([
      expect.objectContaining({ key: 'neutral|1', text: expect.stringContaining('giả định') }),
    ]);
  });

  it('stop the start when one was published with other content', async () => {
    const changed = (rows: { key: string; text: string }[]) =>
      rows.map((row) => (row.key === 'neutral|1' ? { ...row, text: '{}' } : row));
    const graph = {
      write: (_: string, { rows }: { rows: { key: string; text: string }[] }) => Promise.resolve(changed(rows)),
    };
    await expect(seedPolicies(graph as unknown as Graph, 0)).rejects.toThrow(
      /neutral\|1 was published with other content/,
    );
  });
});

describe('a number of a policy', () => {
  const { sources, ...rest } = JSON.parse(files.find(({ policy: { id } }) => id === 'neutral')!.text) as {
    sources: Record<string, string>;
    contact: object;
  };
  const told = (more: object, but: string[] = [], also: Record<string, string> = {}) => {
    const kept = Object.entries(sources).filter(([part]) => !but.includes(part));
    return withoutSource({ ...rest, ...more, sources: { ...Object.fromEntries(kept), ...also } });
  };

  it.each<[string, object, string[], Record<string, string>, string[]]>([
    ['of a part without a source is told by its path', {}, ['retention'], {}, ['retention.stayDays']],
    ['with a source of its own needs none of its part', {}, ['retention'], { 'retention.stayDays': 'SPEC 10' }, []],
    ['of which a blank or a mark is said has none', {}, [], { minTrustForRed: ' ?' }, ['minTrustForRed']],
    ['that nobody else has, such as a level, needs one too', { level: 3 }, [], {}, ['level']],
    ['that is an assumption says so', { level: 3 }, [], { level: 'assumption' }, []],
    [
      'in a list is told by the list',
      { contact: { infectiousness: [{ day: 0, weight: 1 }] } },
      ['contact'],
      {},
      ['contact.infectiousness'],
    ],
    [
      'of a rule is told by the rule; a rule without numbers needs no source',
      {},
      ['colours', 'colours.F1-unsure'],
      {},
      ['colours.F1', 'colours.F1-unsure', 'colours.F2'],
    ],
  ])('%s', (_, ...[more, but, also, expected]) => {
    expect(told(more, but, also)).toEqual(expected);
  });
});

it('canonical JSON does not know the order of keys, and keeps that of lists', () => {
  expect(canonical({ b: [{ d: 1, c: 2 }, 3], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1},3]}');
});

const time = (name: string, amount: number, unit: string) => ({ plusTime: [{ var: name }, amount, unit] });

describe('a colour rule', () => {
  const ruleOf = (Logic: unknown, more: object = {}) => ({
    Identifier: 'a',
    Description: ['vi', 'en'].map((lang) => ({ lang, desc: 'text' })),
    Logic,
    colour: 'red',
    ...more,
  });

  it.each([
    ['compares days with days', { before: [time('current.today', 0, 'day'), time('current.lastDay', 14, 'day')] }],
    ['compares instants with instants', { after: [time('now', -72, 'hour'), time('current.at', 0, 'hour')] }],
    ['compares a day with a date', { 'not-after': [time('today', 0, 'day'), { plusTime: ['2021-12-01', 0, 'day'] }] }],
  ])('%s', (_, logic) => {
    expect(colourRule.safeParse(ruleOf(logic)).success).toBe(true);
  });

  it.each([
    ['that is no CertLogic', { or: [true, false] }],
    ['without logic', undefined],
    ['that compares a day with an instant', { before: [time('today', 0, 'day'), time('current.at', 3, 'day')] }],
    ['that moves today by months', { before: [time('today', 1, 'month'), time('current.day', 0, 'day')] }],
    ['that moves a day by hours', { before: [time('today', 0, 'day'), time('current.day', 3, 'hour')] }],
    ['that asks for certificates', { '===': [{ extractFromUVCI: [{ var: 'now' }, 1] }, 'x'] }],
    ['that reads everything at once', { var: '' }],
  ])('%s is refused', (_, logic) => {
    expect(colourRule.safeParse(ruleOf(logic)).success).toBe(false);
  });

  it('speaks Vietnamese and English', () => {
    const Description = [{ lang: 'en', desc: 'text' }];
    expect(colourRule.safeParse(ruleOf(true, { Description })).success).toBe(false);
  });
});
