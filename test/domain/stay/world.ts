import fc from 'fast-check';
import { loadPolicies, stayRulesAt } from '../../../config/policy.js';
import type { Scan, Undo } from '../../../src/domain/stay/scan.js';

/** The stay rules that the product ships. */
export const shippedRules = stayRulesAt(loadPolicies());
export const rules = shippedRules(null, Date.UTC(2021, 9, 3));

/** Local clock time of 3 Oct 2021 in Vietnam as milliseconds; `+1` days by the second argument. */
export function at(clock: string, days = 0): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return Date.UTC(2021, 9, 3 + days, hours - 7, minutes, seconds);
}

let count = 0;

/** A scan at restaurant V (typically 60, at most 180 minutes) that a guard took, unless told otherwise. */
export function aScan(direction: Scan['direction'], clock: string, more: Partial<Scan> = {}): Scan {
  const scannedAt = at(clock);
  return {
    gate: 'g',
    scanId: `s${String(++count).padStart(6, '0')}`,
    venue: 'V',
    kind: 'restaurant',
    unit: null,
    zone: '',
    direction,
    at: scannedAt,
    receivedAt: scannedAt,
    trust: 1,
    decision: 'allow',
    ...more,
  };
}

const venues = [
  { venue: 'V', kind: 'restaurant' },
  { venue: 'W', kind: 'shop' },
  { venue: 'X', kind: 'other' },
  { venue: 'C', kind: 'checkpoint' },
] as const;

const someScan = fc
  .record({
    place: fc.constantFrom(...venues),
    zone: fc.constantFrom('', '', 'a'),
    direction: fc.constantFrom('in', 'out', 'auto') as fc.Arbitrary<Scan['direction']>,
    minute: fc.oneof(
      fc.integer({ min: 0, max: 720 }),
      fc.integer({ min: 0, max: 120 }).map((n) => n * 15),
    ),
    decision: fc.constantFrom('allow', 'allow', 'deny', 'unknown') as fc.Arbitrary<Scan['decision']>,
    decided: fc.constantFrom(undefined, undefined, 'deny', 'allow') as fc.Arbitrary<Scan['decided']>,
    force: fc.constantFrom(undefined, undefined, true) as fc.Arbitrary<true | undefined>,
    gate: fc.constantFrom('g', 'h'),
    trust: fc.constantFrom(1, 0.5),
  })
  .map(({ place, minute, decided, force, ...rest }) => ({ place, minute, rest, decided, force }));

/** One person's day at few places and round minutes, so that ties and boundaries are common; some scans taken back. */
export const someHistory: fc.Arbitrary<{ scans: Scan[]; undone: Undo[] }> = fc
  .record({ parts: fc.array(someScan, { maxLength: 25 }), gone: fc.array(fc.nat(24), { maxLength: 3 }) })
  .map(({ parts, gone }) => {
    const scans = parts.map(({ place, minute, rest, decided, force }, i): Scan => {
      const when = at('06:00') + minute * 60_000;
      const base: Scan = { ...rest, ...place, scanId: `s${i}`, unit: null, at: when, receivedAt: when + i };
      return { ...base, ...(decided && { decided }), ...(force && { force }) };
    });
    const taken = [...new Set(gone)].filter((i) => i < scans.length).map((i) => scans[i]!);
    return {
      scans,
      undone: taken.map(({ gate, scanId, at: when }) => ({ gate, scanId, at: when, undoneAt: when + 1 })),
    };
  });
