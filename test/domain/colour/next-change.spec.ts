import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { colourAt, colourOf, type Verdict } from '../../../src/domain/colour/colour.js';
import type { Evidence, Subject } from '../../../src/domain/colour/evidence.js';
import { coloursPart } from '../../../src/domain/policy/colours.js';
import { inForce, type Policy } from '../../../src/domain/policy/policy.js';
import { at, national, neutral } from './evidence.js';

const hourMs = 3_600_000;
const start = at('2021-12-10T00:00:00');
const days = 45;

/** Hours, months, the present moved, bounds that belong, two facts compared, dates in the rules, rules that end. */
const busy: Policy = {
  ...neutral,
  version: 'busy',
  minTrustForRed: 0.5,
  colours: coloursPart.parse([
    ruleOf('test', 'green', existing('tests', ['not-after', ['now', 0], ['at', 72, 'hour']])),
    ruleOf('moved', 'red', existing('exposures', ['before', ['today', -3], ['day', 1, 'day']])),
    ruleOf('month', 'yellow', existing('doses', ['after', ['today', 0], ['day', 1, 'month']]), '2021-12-29T05:00:00Z'),
    ruleOf('declared', 'grey', { '===': [{ var: 'declarations.0.untilDay' }, { var: 'today' }] }),
    ruleOf('date', 'yellow', {
      'not-after': [{ plusTime: [{ var: 'today' }, 0, 'day'] }, { plusTime: ['2022-01-08', 2, 'day'] }],
    }),
    ruleOf('holiday', 'red', { in: [{ var: 'today' }, ['2021-12-24', '2022-01-17']] }),
    ruleOf('rest', 'green', { '<': [0, 1] }),
  ]),
};

function ruleOf(Identifier: string, colour: string, Logic: unknown, ValidTo: string | null = null) {
  const Description = ['vi', 'en'].map((lang) => ({ lang, desc: Identifier }));
  return { Identifier, colour, Logic, Description, ValidTo };
}

type Moved = [name: string, amount: number, unit?: string];

/** Whether a fact of a list is in some order with the present. */
function existing(list: string, [order, present, fact]: [string, Moved, Moved]) {
  const plus = ([name, amount, unit = 'day']: Moved) => ({ plusTime: [{ var: `current.${name}` }, amount, unit] });
  const holds = { [order]: [plus(present), plus(fact)] };
  return { reduce: [{ var: list }, { if: [{ var: 'accumulator' }, true, holds] }, false] };
}

const instant = fc.integer({ min: -20 * 24, max: days * 24 }).map((hours) => start + hours * hourMs);
const span = fc.integer({ min: 1, max: 30 * 24 }).map((hours) => hours * hourMs);
const held = fc.constantFrom({}, {}, {}, { held: true as const });
const id = fc.uuid();

const fact: fc.Arbitrary<Evidence> = fc.oneof(
  fc
    .record({
      case: id,
      level: fc.integer({ min: 1, max: 3 }),
      at: instant,
      stay: span,
      trust: fc.constantFrom(0.2, 0.4, 1),
      held,
    })
    .map(({ stay, held: more, ...rest }) => ({
      kind: 'exposure' as const,
      minutes: 20,
      lastAt: rest.at + stay,
      ...rest,
      ...more,
    })),
  fc.record({ kind: fc.constant('case' as const), case: id, at: instant }),
  fc.record({ kind: fc.constant('recovery' as const), id, at: instant }),
  fc.record({
    kind: fc.constant('dose' as const),
    id,
    number: fc.constantFrom(1, 2),
    course: fc.constant(2),
    at: instant,
  }),
  fc.record({
    kind: fc.constant('test' as const),
    id,
    test: fc.constant('pcr'),
    result: fc.constant('negative' as const),
    at: instant,
  }),
  fc.record({ id, at: instant, span, held }).map(({ span: ms, held: more, ...rest }) => ({
    kind: 'declaration' as const,
    ...rest,
    until: rest.at + ms,
    ...more,
  })),
  fc
    .record({ id, at: instant, span, colour: fc.constantFrom('green' as const, 'red' as const) })
    .map(({ span: ms, ...rest }) => ({
      kind: 'override' as const,
      reason: 'r',
      by: ['a', 'b'] as [string, string],
      ...rest,
      until: rest.at + ms,
    })),
);
const subject = fc.record({ verified: fc.boolean(), evidence: fc.array(fact, { maxLength: 4 }) });
const followed: Policy = { ...national, area: null, validTo: at('2022-01-02T00:00:00') };
const versions = fc.constantFrom([neutral], [busy], [followed, neutral], [{ ...busy, validTo: start + 400 * hourMs }]);

const differ = (a: Verdict, b: Verdict): boolean =>
  a.colour !== b.colour ||
  a.rule !== b.rule ||
  a.reasons.some((one) => !b.reasons.includes(one)) ||
  b.reasons.some((one) => !a.reasons.includes(one));

/** Looks at every hour: the first at which something is different. */
function firstDifferentHour(who: Subject, list: readonly Policy[], nowMs: number): number | undefined {
  const verdictAt = (ms: number) => colourAt(who, inForce(list, ms), ms);
  const now = verdictAt(nowMs);
  for (let ms = nowMs + hourMs; ms < start + 120 * 24 * hourMs; ms += hourMs) if (differ(now, verdictAt(ms))) return ms;
  return undefined;
}

describe('the next change', () => {
  it('is exactly the first instant at which colour, rule or reasons differ', () => {
    fc.assert(
      fc.property(subject, versions, instant, (who, list, nowMs) => {
        const { nextChangeAt, ...now } = colourOf(who, list, nowMs);
        const found = firstDifferentHour(who, list, nowMs);
        if (nextChangeAt === null) return expect(found).toBeUndefined();
        expect(differ(now, colourAt(who, inForce(list, nextChangeAt), nextChangeAt))).toBe(true);
        expect(differ(now, colourAt(who, inForce(list, nextChangeAt - 1), nextChangeAt - 1))).toBe(false);
        if (found === undefined) return;
        // A bound that belongs lets the colour differ from the millisecond after it on.
        expect(nextChangeAt).toBeLessThanOrEqual(found);
        expect(nextChangeAt).toBeGreaterThan(found - hourMs);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, unknown]>([
    ['is compared with', { '===': [{ var: 'today' }, '2021-12-20'] }],
    ['stands in a list', { in: [{ var: 'today' }, ['2021-12-20', '2021-12-24']] }],
    ['is chosen', { '===': [{ var: 'today' }, { if: [{ var: 'person.verified' }, '2021-12-20', '2021-12-24'] }] }],
  ])('is the midnight at which a day begins, and ends, that %s', (_, Logic) => {
    const colours = coloursPart.parse([ruleOf('holiday', 'red', Logic), ruleOf('rest', 'green', { '<': [0, 1] })]);
    const versions = [{ ...neutral, colours }];
    const nobody = { verified: true, evidence: [] };
    const [begins, ends] = [at('2021-12-20T00:00:00'), at('2021-12-21T00:00:00')];
    expect(colourOf(nobody, versions, begins - 1)).toMatchObject({ colour: 'green', nextChangeAt: begins });
    expect(colourOf(nobody, versions, begins)).toMatchObject({ colour: 'red', nextChangeAt: ends });
    expect(colourAt(nobody, versions[0], ends)).toMatchObject({ colour: 'green' });
  });

  it('does not depend on the order of the evidence', () => {
    fc.assert(
      fc.property(subject, versions, instant, (who, list, nowMs) => {
        const turned = { ...who, evidence: who.evidence.toReversed() };
        const [a, b] = [colourOf(who, list, nowMs), colourOf(turned, list, nowMs)];
        expect([b.colour, b.rule, b.nextChangeAt]).toEqual([a.colour, a.rule, a.nextChangeAt]);
      }),
      { numRuns: 300 },
    );
  });

  it('followed from change to change, always lies ahead, and there is a last one', () => {
    fc.assert(
      fc.property(subject, instant, (who, nowMs) => {
        let [atMs, steps] = [nowMs, 0];
        for (let status = colourOf(who, [neutral], atMs); status.nextChangeAt !== null; steps++) {
          expect(status.nextChangeAt).toBeGreaterThan(atMs);
          atMs = status.nextChangeAt;
          status = colourOf(who, [neutral], atMs);
        }
        expect(steps).toBeLessThan(30);
      }),
      { numRuns: 300 },
    );
  });
});
