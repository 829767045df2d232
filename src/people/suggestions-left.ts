import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { drain, type Note } from '../../graph/outbox.js';
import { openPerson } from './sealed.js';
import { alikeStep, Suggestions } from './suggestions.js';

/** How often leftovers are looked for (DESIGN section 1). */
const drainEveryMs = 5_000;

/** Compares people with others whom a crash left written and not compared. */
@Injectable()
export class SuggestionsLeft implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.drain(), drainEveryMs);
    void this.drain();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async drain(): Promise<void> {
    try {
      const work = { step: alikeStep, nowMs: this.now(), handOn: (notes: Note[]) => this.compare(notes) };
      await drain(this.graph, work);
    } catch (error) {
      this.log.warn({ fact: 'outbox-not-drained', step: alikeStep, reason: (error as Error).message });
    }
  }

  private async compare(notes: Note[]): Promise<void> {
    for (const { body } of notes) {
      const { people: ids } = JSON.parse(body) as { people: string[] };
      const people = (await this.graph.read('people/by_ids', { ids })).map((stored) => openPerson(this.vault, stored));
      await new Suggestions(this.vault, people, this.now()).look(this.graph);
    }
  }
}
