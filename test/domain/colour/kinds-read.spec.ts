import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadPolicies } from '../../../config/policy.js';
import { colourAt } from '../../../src/domain/colour/colour.js';
import type { Evidence } from '../../../src/domain/colour/evidence.js';
import { kindsRead } from '../../../src/domain/colour/prepared.js';
import { WhatIf } from '../../../src/domain/policy/what-if.js';
import { aCase, aDose, anExposure, anOverride, aRecovery, at, national, neutral } from './evidence.js';

const policies = loadPolicies();
const khanhHoa = policies.find(({ id }) => id === 'khanh-hoa')!;
const dayMs = 86_400_000;
const now = at('2022-01-10T12:00:00');

const span = (from: number) => ({ id: 'a-span', at: from, until: from + 30 * dayMs });

/** One fact of each kind, some days ago; tests both ways. */
const facts = (from: number): Evidence[] => [
  anExposure(from),
  aCase(from),
  { kind: 'test', id: 'a-test', test: 'pcr', result: 'positive', at: from },
  { kind: 'test', id: 'a-test', test: 'pcr', result: 'negative', at: from },
  aDose(from, 1),
  aDose(from, 2),
  aRecovery(from),
  { kind: 'declaration', ...span(from) },
  { kind: 'quarantine', ...span(from) },
  { kind: 'isolation', ...span(from) },
  anOverride(from, from + 30 * dayMs, 'red'),
];

const aFact = fc
  .record({ days: fc.integer({ min: 0, max: 200 }), which: fc.nat({ max: facts(0).length - 1 }) })
  .map(({ days, which }) => facts(now - days * dayMs)[which]!);

describe('the kinds of facts that rules look at', () => {
  it.each(policies.map((policy) => [`${policy.id} ${policy.version}`, policy] as const))(
    'of %s decide alone: facts of other kinds leave somebody the colour of one of whom nothing is known',
    (_, policy) => {
      const read = new Set(kindsRead(policy.colours));
      fc.assert(
        fc.property(fc.array(aFact, { maxLength: 6 }), fc.boolean(), (told, verified) => {
          const others = told.filter(({ kind }) => !read.has(kind));
          expect(colourAt({ verified, evidence: others }, policy, now)).toEqual(
            colourAt({ verified, evidence: [] }, policy, now),
          );
        }),
      );
    },
  );

  it.each([
    ['those of lists in its rules', national, ['override', 'case', 'exposure']],
    ['doses and recoveries where rules ask for them', khanhHoa, ['override', 'case', 'test', 'dose', 'recovery']],
  ])('are overrides and %s', (_, { colours }, kinds) => {
    expect(new Set(kindsRead(colours))).toEqual(new Set(kinds));
  });

  it('are for a draft those of what is in force at its instant and of the draft itself, in any of its units', () => {
    const ended = { ...khanhHoa, validFrom: 0, validTo: now - 1 };
    const before = (unit: string | null) => (unit === 'a' ? [ended, { ...national, validFrom: 0, validTo: null }] : []);
    const after = (unit: string | null) => (unit === 'a' ? [neutral] : [{ ...khanhHoa, validFrom: 0, validTo: null }]);
    const whatIf = new WhatIf(before, after, now);
    expect(whatIf.kinds(['a'])).not.toContain('dose');
    expect(whatIf.kinds(['a', null])).toContain('dose');
    expect(new WhatIf(before, () => [], now).kinds([null])).toEqual([]);
  });
});
