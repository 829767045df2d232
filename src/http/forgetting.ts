import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { Graph } from '../../graph/graph.js';

/** How long a response is kept for its idempotency key (assumption: a client has given up by then). */
const keptMs = 24 * 3_600_000;

/** How often old keys are looked for, 10,000 at a time (assumption). */
const sweepEveryMs = 10 * 60_000;

/** Forgets old idempotency keys with the responses sealed under them. */
@Injectable()
export class IdempotencySweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), sweepEveryMs);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async sweep(): Promise<void> {
    try {
      await this.graph.write('accounts/sweep_requests', { beforeMs: this.now() - keptMs });
    } catch (error) {
      this.log.warn({ fact: 'idempotency-keys-not-swept', reason: (error as Error).message });
    }
  }
}
