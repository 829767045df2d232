import { createHistogram } from 'node:perf_hooks';

/** What became of the scans of a replay, as it is printed. */
export interface ReplayReport {
  scans: number;
  acknowledged: number;
  /** Answers by decision. */
  decisions: Record<string, number>;
  /** Scans that were refused, by the error's name. */
  rejected: Record<string, number>;
  /** Scans sent again, because a gate was busy or its line was cut. */
  retries: number;
  seconds: number;
  /** Acknowledged scans a second, from the first one sent to the last one answered. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
}

/** Counts answers and how long they took; constant memory. */
export class Meter {
  private readonly microseconds = createHistogram();
  private readonly decisions: Record<string, number> = {};
  private readonly rejected: Record<string, number> = {};
  private acknowledged = 0;
  private scans = 0;
  private retries = 0;
  private fromMs = 0;
  private toMs = 0;

  /** Answers so far, of either kind. */
  get answered(): number {
    return this.scans;
  }

  start(): void {
    this.fromMs = this.toMs = performance.now();
  }

  acknowledge(decision: string, tookMs: number): void {
    this.microseconds.record(Math.max(1, Math.round(tookMs * 1_000)));
    this.acknowledged++;
    this.decisions[decision] = (this.decisions[decision] ?? 0) + 1;
    this.answer();
  }

  reject(error: string): void {
    this.rejected[error] = (this.rejected[error] ?? 0) + 1;
    this.answer();
  }

  retry(): void {
    this.retries++;
  }

  report(): ReplayReport {
    const { scans, acknowledged, decisions, rejected, retries } = this;
    const seconds = (this.toMs - this.fromMs) / 1_000;
    const at = (percent: number) => (acknowledged ? this.microseconds.percentile(percent) / 1_000 : 0);
    const rate = seconds > 0 ? acknowledged / seconds : 0;
    return { scans, acknowledged, decisions, rejected, retries, seconds, rate, p50Ms: at(50), p99Ms: at(99) };
  }

  private answer(): void {
    this.scans++;
    this.toMs = performance.now();
  }
}
