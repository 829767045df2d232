import { Injectable } from '@nestjs/common';
import { Graph } from '../../graph/graph.js';
import { byLevel } from '../cases/shown.js';
import type { Board } from '../events.js';

/** Places that a board names (assumption). */
const mostPlaces = 20;

/** What is going on in units, in numbers. */
@Injectable()
export class Boards {
  constructor(private readonly graph: Graph) {}

  /** Of these units, or of all. */
  async of(units: string[] | null): Promise<Board> {
    const [rows, places] = await Promise.all([
      this.graph.read('cases/board', { units }),
      this.graph.read('cases/crossings', { units, limit: mostPlaces }),
    ]);
    const counts: number[] = [];
    for (const row of rows) {
      for (const [at, count] of row.counts.entries()) counts[at] = (counts[at] ?? 0) + count * row.cases;
    }
    const sum = (of: typeof rows) => of.reduce((total, { cases }) => total + cases, 0);
    return { open: sum(rows), tracing: sum(rows.filter(({ waits }) => waits)), counts: byLevel(counts), places };
  }
}
