import type { Redis } from 'ioredis';
import type { Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { forgetReader, writeReader, type ReaderState } from '../../src/worker-state.js';

/** How often it is told when nothing has changed, and at most while stays are being read (assumptions). */
const aliveEveryMs = 5_000;
const progressEveryMs = 500;

/** Tells Redis how far this worker's reader of stays is. */
export class ReaderTeller {
  private readonly worker = newId();
  private state: ReaderState = {
    reader: 'memory',
    ready: false,
    from: null,
    stays: 0,
    expected: null,
    bytes: 0,
    at: 0,
  };
  private toldMs = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly now: Clock,
  ) {}

  start(reader: ReaderState['reader']): void {
    this.is({ reader, ready: reader === 'graph' });
    this.timer = setInterval(() => this.is({}), aliveEveryMs);
  }

  /** What is new is told at once. */
  is(change: Partial<ReaderState>): void {
    this.toldMs = this.now();
    this.state = { ...this.state, ...change, at: this.toldMs };
    writeReader(this.redis, this.worker, this.state).catch(() => undefined); // told again within seconds
  }

  /** Progress is told now and then. */
  comes(change: Partial<ReaderState>): void {
    if (this.now() - this.toldMs >= progressEveryMs) this.is(change);
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    await forgetReader(this.redis, this.worker).catch(() => undefined);
  }
}
