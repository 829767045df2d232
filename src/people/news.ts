import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Graph, type Step } from '../../graph/graph.js';
import { forget, keepDrained, noteFor, type Note } from '../../graph/outbox.js';
import { bodyField, pushKept, pushStream, type Push } from '../streams.js';

/** The name of the outbox's step: whoever writes such a note is heard by the sockets of every API process. */
const pushStep = 'push';

/** Changes that gates must hear of: written and noted in one transaction, then told. */
@Injectable()
export class News implements OnApplicationBootstrap, OnApplicationShutdown {
  private draining: ReturnType<typeof keepDrained> | undefined;

  constructor(
    private readonly graph: Graph,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Resolves once the change is in the graph. With Redis away the news waits in the outbox. `check` sees the rows of every
   * step and may throw to undo them all.
   */
  async write(steps: Step[], news: Push[], check?: (rows: unknown[][]) => void): Promise<unknown[][]> {
    const { note, write } = noteFor(pushStep, news, this.now());
    const rows = await this.graph.writeAll([...steps, write], check);
    try {
      await this.tell([note]);
      await forget(this.graph, [note]);
    } catch (error) {
      this.log.warn({ fact: 'news-waits-in-outbox', note: note.id, reason: (error as Error).message });
    }
    return rows;
  }

  onApplicationBootstrap(): void {
    this.draining = keepDrained(
      { graph: this.graph, now: this.now, log: this.log },
      { step: pushStep, handOn: (notes) => this.tell(notes) },
    );
  }

  onApplicationShutdown(): void {
    this.draining?.end();
  }

  private async tell(notes: Note[]): Promise<void> {
    for (const { body } of notes) {
      await this.redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, body);
    }
  }
}
