import { Injectable } from '@nestjs/common';
import { Graph, type Step } from '../../graph/graph.js';
import { StatusNews } from '../status-news.js';
import { TraceNews } from '../trace-news.js';

/** Whom a change of cases is about. */
export interface Touched {
  cases: string[];
  people: string[];
  /** Those of them whose isolation begins, ends or moves. */
  isolated: string[];
}

/** Writes changes of cases together with the notes for all that rests on them (DESIGN section 1, outbox). */
@Injectable()
export class CaseWriter {
  constructor(
    private readonly graph: Graph,
    private readonly traces: TraceNews,
    private readonly statuses: StatusNews,
  ) {}

  /**
   * One transaction: the change, the note for the cases it touches and the note for the colours of their people. Where
   * the change is one of isolations, the other cases that its people belong to are traced anew too: a case that isolates
   * nobody changes nothing for others (SPEC 5.4), so a storm of cases stays as large as it is. Resolves to how many rows
   * the change gave; with none nothing was written.
   */
  async write(change: Step, { cases, people, isolated }: Touched): Promise<number> {
    const traced = this.traces.noteFor(cases, isolated);
    const coloured = this.statuses.noteFor(people);
    try {
      const rows = await this.graph.writeAll([change, traced.write, coloured.write], ([changed = []]) => {
        if (changed.length === 0) throw new NothingChanged();
      });
      await Promise.all([this.traces.handOn([traced.note]), this.statuses.handOn([coloured.note])]);
      return rows[0]!.length;
    } catch (error) {
      if (error instanceof NothingChanged) return 0;
      throw error;
    }
  }
}

/** The graph was not as it was read a moment ago. */
class NothingChanged extends Error {}
