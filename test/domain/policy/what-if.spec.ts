import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadPolicies } from '../../../config/policy.js';
import { colourAt } from '../../../src/domain/colour/colour.js';
import type { Evidence, Subject } from '../../../src/domain/colour/evidence.js';
import { eachChange, quarantineDays, WhatIf } from '../../../src/domain/policy/what-if.js';
import { aDose, anExposure, anOverride, aRecovery, at, national } from '../colour/evidence.js';

const dayMs = 86_400_000;
const now = at('2022-01-10T12:00:00');
const khanhHoa = { ...loadPolicies().find(({ id }) => id === 'khanh-hoa')!, validFrom: 0, validTo: null };
const versions = { a: [{ ...national, validFrom: 0 }], b: [khanhHoa] };
const [before, after] = [() => versions.a, (unit: string | null) => (unit === 'a' ? versions.b : versions.a)];

/** Few days and kinds, so that many people have the same facts. */
const aFact: fc.Arbitrary<Evidence> = fc
  .record({ days: fc.constantFrom(3, 40, 200), which: fc.nat({ max: 4 }) })
  .map(({ days, which }) => {
    const from = now - days * dayMs;
    return [
      aDose(from, 1),
      aDose(from, 2),
      aRecovery(from),
      anExposure(from),
      anOverride(from, from + 30 * dayMs, 'yellow'),
    ][which]!;
  });

const person = fc.record({
  unit: fc.constantFrom('a', 'b'),
  verified: fc.boolean(),
  evidence: fc.array(aFact, { maxLength: 3 }),
});

describe('what a draft does', () => {
  it('is what the colours of its people are under both, added up, however alike they are', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 30 }), (people) => {
        const whatIf = new WhatIf(before, after, now);
        for (const { unit, ...subject } of people) whatIf.add(subject, unit);
        const { units, quarantineDays: days } = whatIf.effect();
        const told = units.flatMap(({ unit, changes }) =>
          eachChange(changes).flatMap(([from, to, many]) =>
            Array.from({ length: many }, () => `${unit} ${from} ${to}`),
          ),
        );
        const each = people.map(({ unit, ...subject }) => {
          const [from, to] = [before(), after(unit)].map(([policy]) => colourAt(subject, policy, now).colour);
          return `${unit} ${from} ${to}`;
        });
        expect(told.sort()).toEqual(each.sort());
        expect(days.before).toBe(people.map((subject) => daysOf(subject)).reduce((sum, one) => sum + one, 0));
      }),
    );
  });
});

/** Whole days of quarantine that the rules before make of somebody. */
function daysOf(subject: Subject): number {
  const { colour, reasons } = colourAt(subject, versions.a[0], now);
  const isQuarantine = colour === 'red' && reasons.some(({ kind }) => kind === 'exposure');
  return isQuarantine ? quarantineDays(subject, versions.a, now) : 0;
}
