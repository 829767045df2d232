import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Graph } from '../../graph/graph.js';
import { byLevel } from '../cases/shown.js';
import type { Board } from '../events.js';

/** Places that a board names (assumption). */
const mostPlaces = 20;

/** What is going on in units, in numbers. */
@Injectable()
export class Boards {
  constructor(
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Of these units, or of all. */
  async of(units: string[] | null): Promise<Board> {
    const [rows, places, [calls]] = await Promise.all([
      this.graph.read('cases/board', { units }),
      this.graph.read('cases/crossings', { units, limit: mostPlaces }),
      this.graph.read('calls/count', { units, nowMs: this.now() }),
    ]);
    const counts: number[] = [];
    for (const row of rows) {
      for (const [at, count] of row.counts.entries()) counts[at] = (counts[at] ?? 0) + count * row.cases;
    }
    const sum = (of: typeof rows) => of.reduce((total, { cases }) => total + cases, 0);
    const tracing = sum(rows.filter(({ waits }) => waits));
    return { open: sum(rows), tracing, counts: byLevel(counts), toCall: calls!.waiting, places };
  }
}
