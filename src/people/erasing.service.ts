import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Graph, step } from '../../graph/graph.js';
import type { Caller } from '../auth/caller.js';
import { Problem } from '../http/problem.js';
import { StatusNews } from '../status-news.js';
import { TraceNews } from '../trace-news.js';
import { News } from './news.js';
import { Snapshots } from './snapshots.js';

/** Erases people by erasing their keys (SPEC section 10); what others are told stays true. */
@Injectable()
export class Erasing {
  constructor(
    private readonly graph: Graph,
    private readonly news: News,
    private readonly statuses: StatusNews,
    private readonly traces: TraceNews,
    private readonly snapshots: Snapshots,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** One transaction: the erasing, and the notes for gates, colours and cases; resolves to the ids it was about. */
  async erase(person: string, by: Pick<Caller, 'id'>): Promise<string[]> {
    const ids = await this.idsOf(person);
    const cards = await Promise.all(ids.map((id) => this.graph.read('people/cards', { person: id })));
    const [colours, traced] = [this.statuses.noteFor(ids), this.traces.noteFor([], ids)];
    const atMs = this.now();
    const revoked = [...new Set(cards.flat().map(({ id }) => id))];
    const steps = [step('people/erase', { ids, by: by.id, atMs }), colours.write, traced.write];
    const write = this.news.write(steps, [{ push: 'revoked', cards: revoked, atMs }], refuseNone);
    await write.catch(async (error: unknown) => {
      throw error instanceof Nobody ? await this.whyNobody(person, ids) : error;
    });
    await this.snapshots.forget(ids);
    await Promise.all([this.statuses.handOn([colours.note]), this.traces.handOn([traced.note])]);
    return ids;
  }

  /** What cannot be undone is about those alone who were looked at. */
  private async whyNobody(person: string, ids: string[]): Promise<Problem> {
    const now = await this.idsOf(person);
    if (now.length === ids.length && now.every((id) => ids.includes(id)))
      return new Problem(404, 'person-unknown', 'There is no such person.');
    const detail = 'This person was linked to another, or no longer is, at the same moment: look again.';
    return new Problem(409, 'changed-meanwhile', detail);
  }

  private async idsOf(person: string): Promise<string[]> {
    return (await this.graph.read('people/same', { ids: [person] })).map(({ id }) => id);
  }
}

/** Nobody was erased: they were before, or are not the people any more who were looked at. */
class Nobody extends Error {}

function refuseNone([erased]: unknown[][]): void {
  if (!erased?.length) throw new Nobody();
}
