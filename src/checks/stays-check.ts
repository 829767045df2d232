import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { ENV } from '../core.module.js';
import { foldScans } from '../domain/stay/fold.js';
import { unpackLine } from '../domain/stay/packed.js';
import type { Scan, Undo } from '../domain/stay/scan.js';
import type { FoldState } from '../domain/stay/step.js';
import { Backlog } from '../backlog.js';
import { Policies } from '../policies.js';
import { atOnce, firstDifference, inParts, type Check, type Difference, type Finding, type Turn } from './check.js';
import { peoplePages } from './people-pages.js';

/** People whose scans are folded at once. */
const peoplePerRead = 500;

/** How often somebody who differs is looked at, and how long the presence worker is waited for between two looks. */
const mostLooks = 4;
const waitMs = 5_000;

const dayMs = 86_400_000;

type StoredStay = RowOf<'presence/history'>['stays'][number];

const fields = ['venue', 'zone', 'in', 'out', 'assumed', 'open', 'trust'] as const satisfies (keyof StoredStay)[];

/** Stays as the scans fold to them (SPEC section 4), against those in the graph; kept stays are facts themselves. */
@Injectable()
export class StaysCheck implements Check {
  readonly name = 'stays';
  constructor(
    private readonly graph: Graph,
    private readonly policies: Policies,
    private readonly backlog: Backlog,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  choose(sample?: number): AsyncGenerator<string[]> {
    return peoplePages((page) => this.graph.read('cases/people_after', page), sample);
  }

  async *look(ids: string[], turn = atOnce): AsyncGenerator<Finding> {
    for (const people of inParts(ids, peoplePerRead)) {
      yield { looked: people.length };
      for (const difference of await this.lookAt(people, turn)) yield { difference };
    }
  }

  /** Looks again at those who differ once presence has folded what was durable by then. */
  private async lookAt(people: string[], turn: Turn): Promise<Difference[]> {
    let pending = false;
    for (let looks = 1; ; looks++) {
      await turn();
      const differing = await this.differencesOf(people);
      if (differing.size === 0) return [];
      if (looks === mostLooks) return [...differing.values()].flat().map((one) => ({ ...one, pending }));
      people = [...differing.keys()];
      pending = !(await this.backlog.measure(waitMs)).settled;
    }
  }

  private async differencesOf(people: string[]): Promise<Map<string, Difference[]>> {
    const horizonMs = this.now() - this.env.RETENTION_DAYS * dayMs;
    const found = new Map<string, Difference[]>();
    for (const row of await this.graph.read('presence/same_history', { people })) {
      const expected = new Map(this.fold(row).map((stay) => [stay.id, stay]));
      const stored = new Map(row.stays.map((stay) => [stay.id, stay]));
      const kept = [...new Set([...expected.keys(), ...stored.keys()])].filter(
        (id) => (expected.get(id) ?? stored.get(id)!).out >= horizonMs,
      );
      const differences = kept.flatMap((id) => {
        const pair = { expected: expected.get(id), found: stored.get(id) };
        return firstDifference({ subject: row.person, of: `person ${row.person}, stay ${id}` }, pair, fields) ?? [];
      });
      if (differences.length) found.set(row.person, differences);
    }
    return found;
  }

  private fold({ base, baseBeforeMs, scans }: RowOf<'presence/history'>): StoredStay[] {
    const [all, undone]: [Scan[], Undo[]] = [[], []];
    for (const line of scans.flat()) {
      const read = unpackLine(line);
      if ('undo' in read) undone.push(read.undo);
      else if (read.scan.at >= (baseBeforeMs ?? -Infinity)) all.push(read.scan);
    }
    const from = base === null ? undefined : (JSON.parse(base) as FoldState);
    return foldScans(all, undone, this.policies.stayRules, from).stays;
  }
}
