import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ApiRefusal, type Api } from '../cli/api.js';
import type { Logger } from '../config/log.js';
import { keep, type Kept } from './kept.js';
import { around, pick } from './random.js';
import { asStaff } from './staff.js';

const minuteMs = 60_000;

/** When the first case is found after a start, how far apart they are, and how long one lasts, in minutes (assumptions). */
const minutes = { first: 2, between: 8, lasting: 12 };

/** How often is looked whether something is due (assumption). */
const lookEveryMs = 1_000;

const confirmed = z.object({ id: z.string() });
const anything = z.unknown();

/** Why a case of the city ends: its people are to be seen turning green again within one visit. */
const reason = 'Demo: the second test was negative.';

/** A case now and then: its contacts turn red and yellow, and green again when the laboratory takes it back. */
export class Outbreak {
  private readonly ends = new Map<string, number>();
  private nextMs: number;
  private stopping = false;

  constructor(
    private readonly at: { api: Api; kept: Kept; dataDir: string },
    private readonly random: () => number,
    private readonly now: () => number,
    private readonly log: Logger,
  ) {
    for (const id of at.kept.cases) this.ends.set(id, now());
    this.nextMs = now() + minutes.first * minuteMs;
  }

  async run(): Promise<void> {
    for (; !this.stopping; await pause(lookEveryMs)) {
      try {
        await this.look(this.now());
      } catch (error) {
        this.log.warn({ fact: 'city-case-refused', reason: (error as Error).message });
        this.nextMs = this.now() + minuteMs;
      }
    }
  }

  close(): void {
    this.stopping = true;
  }

  private async look(now: number): Promise<void> {
    for (const [id, endMs] of this.ends) if (endMs <= now) await this.takeBack(id);
    if (this.nextMs > now) return;
    this.nextMs = now + around(minutes.between, this.random) * minuteMs;
    await this.confirm(now);
  }

  private async confirm(now: number): Promise<void> {
    const { api, kept } = this.at;
    const tracer = await asStaff(api, kept, 'tracer');
    const instant = new Date(now).toISOString();
    const body = { person: pick(Object.keys(kept.cards), this.random), sampledAt: instant, isolatedAt: instant };
    const { id } = await tracer.ask('POST', '/cases', confirmed, { body });
    this.ends.set(id, now + around(minutes.lasting, this.random) * minuteMs);
    this.remember();
    this.log.info({ fact: 'city-case', case: id });
  }

  /** One that somebody else took back already, or that its graph no longer knows, is over too. */
  private async takeBack(id: string): Promise<void> {
    const tracer = await asStaff(this.at.api, this.at.kept, 'tracer');
    try {
      await tracer.ask('POST', `/cases/${encodeURIComponent(id)}/retract`, anything, { body: { reason } });
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status >= 500) throw error;
    }
    this.ends.delete(id);
    this.remember();
    this.log.info({ fact: 'city-case-over', case: id });
  }

  private remember(): void {
    this.at.kept.cases = [...this.ends.keys()];
    keep(this.at.dataDir, this.at.kept);
  }
}
