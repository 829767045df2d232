import { loadPolicies } from '../config/policy.js';
import { colourAt } from '../src/domain/colour/colour.js';
import type { Evidence, Subject } from '../src/domain/colour/evidence.js';
import type { Line } from './benches.js';

const people = 20_000;
const rounds = 5;
const dayMs = 86_400_000;
const nowMs = Date.UTC(2022, 0, 20);

/** People under the national rules, uncached: two in three have been exposed, most have doses, some tests. */
export async function colours(): Promise<Line[]> {
  const policy = loadPolicies().find(({ version }) => version === '2021-12-demo')!;
  const subjects = Array.from({ length: people }, (_, at) => somebody(at));
  const seen = new Set(subjects.map((subject) => colourAt(subject, policy, nowMs).colour));
  if (!['green', 'yellow', 'red'].every((colour) => seen.has(colour as never)))
    throw new Error('the people are too alike');
  const speeds = Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (const subject of subjects) colourAt(subject, policy, nowMs);
    return (people / (performance.now() - start)) * 1_000;
  }).sort((a, b) => a - b);
  const speed = speeds[rounds >> 1]!;
  const measured = `${Math.round(speed / 1_000)},000 a second`;
  const question = 'colours by rules, one core';
  return [{ question, against: 'the clock', target: '≥ 60,000 a second', measured, met: speed >= 60_000 }];
}

function somebody(at: number): Subject {
  const ago = (days: number) => nowMs - days * dayMs;
  const evidence: Evidence[] = [];
  if (at % 3 > 0) {
    const where = {
      at: ago(at % 20),
      lastAt: ago(at % 20) + 3_600_000,
      minutes: 60,
      trust: 1,
      setting: 'closed' as const,
    };
    evidence.push({ kind: 'exposure', case: `c${at}`, level: 1 + (at % 2), ...where });
  }
  for (let number = 1; number <= at % 4; number++)
    evidence.push({ kind: 'dose', id: `d${at}-${number}`, number, course: 2, at: ago(200 - 30 * number) });
  if (at % 5 === 0) evidence.push({ kind: 'test', id: `t${at}`, test: 'pcr', result: 'negative', at: ago(at % 7) });
  return { verified: true, evidence };
}
