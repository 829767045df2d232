import { Injectable } from '@nestjs/common';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { traceCase } from '../../graph/tracing.js';
import type { ZonedContact } from '../domain/policy/contact.js';
import type { Policy } from '../domain/policy/policy.js';
import type { Progress } from './simulation.js';

/** People at one level: now, under the draft, and how many come to it and leave it. */
export interface LevelEffect {
  level: number;
  before: number;
  after: number;
  more: number;
  fewer: number;
}

/** What the contact rule of a draft does to cases. */
export interface ContactEffect {
  cases: number;
  levels: LevelEffect[];
}

/** Tries the contact rule of a draft on cases, from the stays in the graph; nothing is kept (SPEC section 6). */
@Injectable()
export class ContactTrial {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
  ) {}

  async *run(draft: Policy, cases: string[]): AsyncGenerator<Progress, ContactEffect> {
    const contact = { ...draft.contact, timezone: draft.timezone };
    const levels = new Map<number, LevelEffect>();
    const found = await this.graph.read('cases/by_ids', { ids: cases });
    const standing = found.filter(({ retractedAt }) => retractedAt === null);
    for (const [at, of] of standing.entries()) {
      yield { part: 'contact', done: at, total: standing.length };
      await this.compare(of, contact, levels);
    }
    return { cases: standing.length, levels: [...levels.values()].sort((a, b) => a.level - b.level) };
  }

  private async compare(
    of: Parameters<typeof traceCase>[0],
    contact: ZonedContact,
    levels: Map<number, LevelEffect>,
  ): Promise<void> {
    const { graph, vault } = this;
    const stored = await graph.read('cases/exposed', { id: of.id });
    const before = new Map(stored.map(({ person, level }) => [person, level]));
    const levelOf = (level: number): LevelEffect => {
      const known = levels.get(level) ?? { level, before: 0, after: 0, more: 0, fewer: 0 };
      levels.set(level, known);
      return known;
    };
    for (const level of before.values()) levelOf(level).before++;
    for await (const { level, people, parts } of traceCase(of, { graph, vault, contact })) {
      const effect = levelOf(level);
      effect.after += people;
      for (const { person } of [...parts()].flat()) {
        if (before.get(person) !== level) effect.more++;
        else before.delete(person);
      }
    }
    for (const level of before.values()) levelOf(level).fewer++;
  }
}
