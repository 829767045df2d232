/** What one side of a pair gave: greater `speed` is better; `p99` in milliseconds where there is one. */
export interface Measured {
  speed: number;
  p99?: number;
}

export interface Ratios {
  pairs: number;
  /** Median over pairs of ours / theirs. */
  speed: number;
  /** Median over pairs of our p99 / theirs. */
  p99: number | undefined;
  spread: [number, number];
  ours: Measured[];
  theirs: Measured[];
  /** Fixed work per second around the pairs that count: how steady the machine was, greatest / least. */
  unsteadiness: number;
}

/** The machine was busy with something else too often for its pairs to say anything. */
export class Unsteady extends Error {}

/** How far the fixed work around a pair may be from the median of all, as a factor (assumption). */
const steadyWithin = 2;

interface Pair {
  left: Measured;
  right: Measured;
  /** Fixed work per second before and after. */
  work: [number, number];
}

/**
 * Runs both sides in turns, who goes first alternating, and compares within each pair: the machine may be noisy. The
 * pair around which it was most unlike the others is run again, as often as there are pairs; throws {@link Unsteady}
 * when one is left even then. What a pair measured plays no part in that.
 */
export async function inPairs(
  ours: () => Promise<Measured>,
  theirs: () => Promise<Measured>,
  pairs: number,
  calibrate: () => number = fixedWork,
): Promise<Ratios> {
  const run = async (at: number): Promise<Pair> => {
    const before = calibrate();
    const first = at % 2 === 0 ? await ours() : await theirs();
    const second = at % 2 === 0 ? await theirs() : await ours();
    const [left, right] = at % 2 === 0 ? [first, second] : [second, first];
    return { left, right, work: [before, calibrate()] };
  };
  const all: Pair[] = [];
  while (all.length < pairs) all.push(await run(all.length));
  for (let again = 0; again < pairs; again++) {
    const { at, off } = leastSteady(all);
    if (off <= steadyWithin) break;
    all[at] = await run(at);
  }
  const { off } = leastSteady(all);
  if (off > steadyWithin)
    throw new Unsteady(
      `the machine's own speed is ${off.toFixed(2)}x off its median around a pair, after ${pairs} more tries: measure again when it is quiet`,
    );
  return ratiosOf(all);
}

/** The pair around which the machine was most unlike its median, and by which factor. */
function leastSteady(all: Pair[]): { at: number; off: number } {
  const middle = median(all.flatMap(({ work }) => work));
  const offs = all.map(({ work }) => Math.max(...work.map((speed) => Math.max(speed / middle, middle / speed))));
  const off = Math.max(...offs);
  return { at: offs.indexOf(off), off };
}

function ratiosOf(all: Pair[]): Ratios {
  const speeds = all.map(({ left, right }) => left.speed / right.speed).sort((a, b) => a - b);
  const p99s = all.flatMap(({ left, right }) => (left.p99 && right.p99 ? [left.p99 / right.p99] : []));
  const work = all.flatMap((pair) => pair.work);
  return {
    pairs: all.length,
    speed: median(speeds),
    p99: p99s.length ? median(p99s) : undefined,
    spread: [speeds[0]!, speeds.at(-1)!],
    ours: all.map(({ left }) => left),
    theirs: all.map(({ right }) => right),
    unsteadiness: Math.max(...work) / Math.min(...work),
  };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The calibration line: a fixed piece of arithmetic, in rounds per second. */
function fixedWork(): number {
  const start = performance.now();
  let sum = 0;
  for (let at = 0; at < 20_000_000; at++) sum = (Math.imul(sum, 31) + at) | 0;
  return 1_000 / (performance.now() - start + (sum === 1 ? 1 : 0));
}
