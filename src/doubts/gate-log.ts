import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import type { KeptEntry } from '../../graph/queries/log.js';
import { doubtNews, tellDoubts } from '../doubt-news.js';

/** What is noted of a code that was not taken; scans that were are doubted by the presence worker. */
export interface Noted {
  kind: 'unread' | 'old-code' | 'revoked-card' | 'wrong-clock';
  gate: string;
  venue: string;
  unit: string | null;
  /** Whose code it is, where that can be told. */
  person?: string;
  /** What an unread code looks like; `start` is a keyed hash. */
  code?: { kind: string; length: number; start: string };
}

/** Notes wait so long to be written together (assumption). */
const gatherMs = 500;

/** Different notes that may wait; a flood of more is only counted (assumption). */
const mostWaiting = 1_000;

const hourMs = 3_600_000;

/**
 * The logs of gates: what they refused, for owners and officers to look at. The same thing within an hour is one entry
 * that is counted. A note that cannot be written is lost: no scan is.
 */
@Injectable()
export class GateLog implements BeforeApplicationShutdown {
  private readonly waiting = new Map<string, KeptEntry>();
  private timer: NodeJS.Timeout | undefined;
  private dropped = 0;

  constructor(
    private readonly graph: Graph,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Nobody waits for it. */
  note({ kind, gate, venue, unit, person, code }: Noted): void {
    const atMs = this.now();
    const id = [kind, gate, person ?? code?.start ?? '', Math.floor(atMs / hourMs)].join('|');
    const times = (this.waiting.get(id)?.times ?? 0) + 1;
    if (times === 1 && this.waiting.size >= mostWaiting) return void this.dropped++;
    const about = { id, kind, gate, venue, unit, person: person ?? null, code: code ?? null };
    this.waiting.set(id, { ...about, atMs, times, more: times, other: null, scan: null });
    this.timer ??= setTimeout(() => void this.write(), gatherMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.write();
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = [...this.waiting.values()];
    this.waiting.clear();
    if (rows.length === 0) return;
    try {
      await this.graph.write('log/keep', { rows });
      await tellDoubts(this.redis, doubtNews(rows, this.now()));
    } catch (error) {
      this.dropped += rows.length;
      this.log.warn({ fact: 'gate-log-not-written', reason: (error as Error).message });
    }
    if (this.dropped > 0) this.log.warn({ fact: 'gate-notes-dropped', notes: this.dropped });
    this.dropped = 0;
  }
}
