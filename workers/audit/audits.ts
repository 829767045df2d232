import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { CHECKS, type Check } from '../../src/checks/check.js';
import { StatusNews } from '../../src/status-news.js';
import { bodyField, packPush, pushKept, pushStream } from '../../src/streams.js';
import { TraceNews } from '../../src/trace-news.js';
import { byCheck, readAuditState, writeAuditState, type AuditState } from '../../src/worker-state.js';

/** How often an audit that gave way looks whether it may go on (assumption). */
const lookEveryMs = 250;

/** People and cases of an alarm that are kept, and looked at again until they are mended (assumption). */
const mostOpen = 1_000;

/** Audits a sample of people and cases, and keeps the alarm of what differs until it is mended. */
@Injectable()
export class Audits {
  constructor(
    private readonly traces: TraceNews,
    private readonly statuses: StatusNews,
    @Inject(CHECKS) private readonly checks: Check[],
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Looks first at what differed before. What `signal` interrupts changes nothing. */
  async run(sample: number, signal: AbortSignal): Promise<void> {
    const before = await readAuditState(this.redis);
    const looked = { ...before.looked };
    const open: AuditState['open'] = [];
    for (const check of this.checks) {
      const known = before.open.filter((one) => one.check === check.name).map(({ subject }) => subject);
      const found = await this.compare(check, { known, sample, turn: () => this.turn(signal) });
      looked[check.name] = (looked[check.name] ?? 0) + found.looked;
      open.push(...found.differing.map((subject) => ({ check: check.name, subject })));
    }
    const at = this.now();
    const since = open.length === 0 ? null : (before.since ?? at);
    await this.tell(before, { at, looked, open: open.slice(0, mostOpen), since });
  }

  /** Those that differ although their work is done, and those that did before and whose work is not done. */
  private async compare(
    check: Check,
    { known, sample, turn }: { known: string[]; sample: number; turn: () => Promise<void> },
  ): Promise<{ looked: number; differing: string[] }> {
    const differing = new Set<string>();
    let looked = 0;
    const look = async (ids: string[]) => {
      for await (const finding of check.look(ids, turn)) {
        if ('looked' in finding) looked += finding.looked;
        if (!('difference' in finding)) continue;
        const { subject, of, pending } = finding.difference;
        if (pending && !known.includes(subject)) continue;
        if (!differing.has(subject)) this.log.error({ fact: 'audit-differs', check: check.name, of });
        differing.add(subject);
      }
    };
    await look(known);
    for await (const ids of check.choose(sample)) await look(ids.filter((id) => !known.includes(id)));
    return { looked, differing: [...differing] };
  }

  /** Confirmed cases, cases that are traced anew and colours go before. */
  private async turn(signal: AbortSignal): Promise<void> {
    while ((await this.traces.isBusy()) || (await this.statuses.isBusy())) {
      await pause(lookEveryMs, undefined, { signal });
    }
    signal.throwIfAborted();
  }

  /** Officers hear when something is found to differ, and when it is mended. */
  private async tell(before: AuditState, state: AuditState): Promise<void> {
    await writeAuditState(this.redis, state);
    const [was, is] = [before, state].map((one) => JSON.stringify(byCheck(one)));
    if (was === is) return;
    const { at, since, open } = state;
    const news = packPush([{ push: 'alarm', differences: open.length, checks: byCheck(state), since, at: at! }]);
    await this.redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, news);
  }
}
