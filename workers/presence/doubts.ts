import type { Redis } from 'ioredis';
import { step, type Step } from '../../graph/graph.js';
import type { KeptEntry } from '../../graph/queries/log.js';
import type { FoundDoubt } from '../../src/domain/stay/fold.js';
import { scanKey } from '../../src/domain/stay/scan.js';
import { doubtNews, tellDoubts } from '../../src/doubt-news.js';
import type { StayChanges } from './folding.js';

/**
 * Doubts about the scans of one batch, on their way into the logs of gates. They are a function of a person's scans, like
 * stays: whoever is folded anew has them made anew.
 */
export class Doubts {
  private readonly rows: KeptEntry[] = [];
  private readonly anew = { people: [] as string[], fromsMs: [] as number[] };

  /** Scans before `fromMs` were cut off by the retention; what was doubted of them stays until it is as old. */
  take(person: string, { doubts, anew }: StayChanges, fromMs: number): void {
    if (anew) {
      this.anew.people.push(person);
      this.anew.fromsMs.push(Math.max(0, fromMs));
    }
    for (const doubt of doubts) this.rows.push(entryOf(person, doubt));
  }

  /** Belong into the transaction that writes the stays. */
  steps(): Step[] {
    return [
      ...(this.anew.people.length ? [step('log/forget_doubts', this.anew)] : []),
      ...(this.rows.length ? [step('log/keep', { rows: this.rows })] : []),
    ];
  }

  /** Tells officers, once the doubts are in the graph. */
  async tell(redis: Redis, nowMs: number): Promise<void> {
    await tellDoubts(redis, doubtNews(this.rows, nowMs));
  }
}

function entryOf(person: string, { kind, other, scan }: FoundDoubt): KeptEntry {
  const { gate, venue, unit, at } = scan;
  const elsewhere = other && { venue: other.venue, atMs: other.at, km: other.km ?? null };
  const about = { kind, venue, gate, unit, person, other: elsewhere ?? null, code: null };
  return { ...about, id: `${kind}|${person}|${scanKey(scan)}`, scan: scanKey(scan), atMs: at, times: 1, more: 0 };
}
