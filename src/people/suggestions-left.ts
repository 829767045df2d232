import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { keepDrained, type Note } from '../../graph/outbox.js';
import { openPerson } from './sealed.js';
import { alikeStep, Suggestions } from './suggestions.js';

/** Compares people with others whom a crash left written and not compared. */
@Injectable()
export class SuggestionsLeft implements OnApplicationBootstrap, OnApplicationShutdown {
  private draining: ReturnType<typeof keepDrained> | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.draining = keepDrained(
      { graph: this.graph, now: this.now, log: this.log },
      { step: alikeStep, handOn: (notes) => this.compare(notes) },
    );
  }

  onApplicationShutdown(): void {
    this.draining?.end();
  }

  private async compare(notes: Note[]): Promise<void> {
    for (const { body } of notes) {
      const { people: ids } = JSON.parse(body) as { people: string[] };
      const people = (await this.graph.read('people/by_ids', { ids })).map((stored) => openPerson(this.vault, stored));
      await new Suggestions(this.vault, people, this.now()).look(this.graph);
    }
  }
}
