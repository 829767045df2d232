/** A risk level found for a unit, and when; instants are epoch milliseconds. */
export interface Assessed {
  atMs: number;
  level: number;
  /** How long a higher level is told before it holds, milliseconds. */
  noticeMs: number;
}

/** From an instant on a unit has a level. */
export interface LevelStep {
  fromMs: number;
  level: number;
}

/** Where nothing was found yet, any other level is a higher one. */
const lowest = 1;

/**
 * Which level a unit has from when: a lower or equal one from the instant it was found, a higher one after its notice.
 * A notice that runs stays for as much of it as is still found. `found` is in order of `atMs`.
 * Source: Resolution 128/NQ-CP (48 hours); that a lower level holds at once is an assumption.
 */
export function levelSteps(found: readonly Assessed[]): LevelStep[] {
  let steps: LevelStep[] = [];
  for (const { atMs, level, noticeMs } of found) {
    const begun = steps.filter(({ fromMs }) => fromMs <= atMs);
    const now = begun.at(-1)?.level ?? lowest;
    const noticed = steps.slice(begun.length).map((one) => ({ ...one, level: Math.min(one.level, level) }));
    const ahead = level > now ? [...noticed, { fromMs: atMs + noticeMs, level }] : [];
    const first = level < now || (begun.length === 0 && level === lowest) ? [{ fromMs: atMs, level }] : [];
    steps = withoutRepeats([...begun, ...first, ...ahead]);
  }
  return steps;
}

const withoutRepeats = (steps: LevelStep[]): LevelStep[] =>
  steps.filter(({ level }, at) => at === 0 || level !== steps[at - 1]!.level);

/** A level that was found for a unit. */
export type AssessedUnit = Assessed & { unit: string };

/** The same, for all units. */
export function levelsOf(found: readonly AssessedUnit[]): Map<string, LevelStep[]> {
  const byUnit = new Map<string, AssessedUnit[]>();
  for (const one of found) byUnit.set(one.unit, [...(byUnit.get(one.unit) ?? []), one]);
  return new Map([...byUnit].map(([unit, own]) => [unit, levelSteps(own)]));
}
