import { loadPolicies } from '../../../config/policy.js';
import type { Evidence, ExposureFact } from '../../../src/domain/colour/evidence.js';
import { PolicyBook } from '../../../src/domain/policy/book.js';
import type { Policy } from '../../../src/domain/policy/policy.js';

/** The policies an installation is born with. */
export const shipped = new PolicyBook(loadPolicies());

export const neutral = shipped.of([])[0] as Policy;
export const national = shipped.of(['VN']).find(({ version }) => version === '2021-12') as Policy;

/** An instant as a clock in Vietnam shows it. */
export const at = (text: string): number => Date.parse(`${text}+07:00`);

let made = 0;
const id = () => `e${++made}`;

/** A sure F1 of case `c`, met for 45 minutes in a closed place, unless told otherwise. */
export function anExposure(from: number, more: Partial<ExposureFact> = {}): ExposureFact {
  const lastAt = from + 30 * 60_000;
  const met = { case: 'c', level: 1, at: from, lastAt, minutes: 45, setting: 'closed' as const, trust: 1 };
  return { kind: 'exposure', ...met, ...more };
}

export const aDose = (from: number, number: number): Evidence => ({
  kind: 'dose',
  id: id(),
  number,
  course: 2,
  at: from,
});
export const aRecovery = (from: number): Evidence => ({ kind: 'recovery', id: id(), at: from });
export const aCase = (from: number): Evidence => ({ kind: 'case', case: id(), at: from });
export const anOverride = (from: number, until: number, colour: 'green' | 'yellow' | 'red'): Evidence => ({
  kind: 'override',
  id: id(),
  colour,
  reason: 'a laboratory mixed up two samples',
  by: ['officer-1', 'officer-2'],
  at: from,
  until,
});

/** Somebody with this evidence, verified. */
export const somebody = (...evidence: Evidence[]) => ({ verified: true, evidence });
