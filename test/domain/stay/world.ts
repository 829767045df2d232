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

/** V and W are 12 km apart, C a thousand from both; nobody knows where X is. */
const venues = [
  { venue: 'V', kind: 'restaurant', point: { lat: 21.03, lon: 105.85 } },
  { venue: 'W', kind: 'shop', point: { lat: 20.92, lon: 105.85 } },
  { venue: 'X', kind: 'other' },
  { venue: 'C', kind: 'checkpoint', point: { lat: 12.24, lon: 109.19 } },
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
    card: fc.constantFrom(undefined, undefined, 'one', 'two'),
  })
  .map(({ place, minute, decided, force, card, ...rest }) => ({ place, minute, rest, decided, force, card }));

/** One person's day at few places and round minutes, so that ties and boundaries are common; some scans taken back. */
export const someHistory: fc.Arbitrary<{ scans: Scan[]; undone: Undo[] }> = fc
  .record({ parts: fc.array(someScan, { maxLength: 25 }), gone: fc.array(fc.nat(24), { maxLength: 3 }) })
  .map(({ parts, gone }) => {
    const scans = parts.map(({ place, minute, rest, decided, force, card }, i): Scan => {
      const when = at('01:00') + minute * 60_000;
      const more = card && { card: { id: card, issuedAt: at('03:30') } };
      const base: Scan = {
        ...rest,
        ...place,
        scanId: `s${i}`,
        unit: null,
        at: when,
        receivedAt: when + i - (i % 7 === 6 ? 90_000 : 0),
      };
      return { ...base, ...(decided && { decided }), ...(force && { force }), ...more };
    });
    const taken = [...new Set(gone)].filter((i) => i < scans.length).map((i) => scans[i]!);
    return {
      scans,
      undone: taken.map(({ gate, scanId, at: when }) => ({ gate, scanId, at: when, undoneAt: when + 1 })),
    };
  });
