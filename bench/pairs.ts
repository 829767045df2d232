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
  /** Fixed work per second before each pair: how steady the machine was, greatest / least. */
  unsteadiness: number;
}

/** Runs both sides in turns, who goes first alternating, and compares within each pair: the machine may be noisy. */
export async function inPairs(
  ours: () => Promise<Measured>,
  theirs: () => Promise<Measured>,
  pairs: number,
): Promise<Ratios> {
  const [left, right, calibration]: [Measured[], Measured[], number[]] = [[], [], []];
  for (let pair = 0; pair < pairs; pair++) {
    calibration.push(calibrate());
    if (pair % 2 === 0) left.push(await ours());
    right.push(await theirs());
    if (pair % 2 === 1) left.push(await ours());
  }
  const speeds = left.map(({ speed }, at) => speed / right[at]!.speed).sort((a, b) => a - b);
  const p99s = left.flatMap(({ p99 }, at) => (p99 && right[at]!.p99 ? [p99 / right[at]!.p99] : []));
  return {
    pairs,
    speed: median(speeds),
    p99: p99s.length ? median(p99s) : undefined,
    spread: [speeds[0]!, speeds.at(-1)!],
    ours: left,
    theirs: right,
    unsteadiness: Math.max(...calibration) / Math.min(...calibration),
  };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The calibration line: a fixed piece of arithmetic, in rounds per second. */
function calibrate(): number {
  const start = performance.now();
  let sum = 0;
  for (let at = 0; at < 20_000_000; at++) sum = (Math.imul(sum, 31) + at) | 0;
  return 1_000 / (performance.now() - start + (sum === 1 ? 1 : 0));
}
