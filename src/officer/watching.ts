import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import type { StoredCase } from '../../graph/queries/cases.js';
import type { Caller } from '../auth/caller.js';
import { showProgress } from '../cases/shown.js';
import { RunningTraces } from '../running-traces.js';
import { Units } from '../units/units.service.js';
import type { CaseShown, WatchBody } from '../events.js';

/** Cases that a screen hears of when it begins to watch; more are paged through by HTTP. */
const mostCases = 500;

/** What one screen watches: units with all they contain (null: everywhere), and single cases. */
export interface Watched {
  units: string[] | null;
  cases: string[];
}

/** What officers may watch, and how it stands. */
@Injectable()
export class Watching {
  private readonly traces: RunningTraces;

  constructor(
    private readonly graph: Graph,
    private readonly units: Units,
    @Inject(REDIS) redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.traces = new RunningTraces(redis);
  }

  /** Resolves what is asked within the officer's scope; undefined when some of it is not theirs. */
  async resolve({ units, cases = [] }: WatchBody, { unit: scope }: Caller): Promise<Watched | undefined> {
    for (const unit of units ?? []) if (!(await this.units.mayKnow(scope, unit))) return undefined;
    const known = cases.length ? await this.graph.read('cases/by_ids', { ids: cases }) : [];
    for (const { unit } of known) if (!(await this.units.mayKnow(scope, unit))) return undefined;
    const ids = known.map(({ id }) => id);
    if (units === undefined && cases.length > 0) return { units: [], cases: ids };
    const roots = units ?? (scope === undefined ? undefined : [scope]);
    if (roots === undefined) return { units: null, cases: ids };
    const within = await Promise.all(roots.map((root) => this.units.within(root)));
    return { units: [...new Set(within.flat())], cases: ids };
  }

  /** The cases that are watched, as they stand. */
  async cases(watched: Watched): Promise<CaseShown[]> {
    const now = { nowMs: this.now(), running: await this.traces.all() };
    return (await this.stored(watched)).map((stored) => {
      const { id, unit, confirmedAt, state, progress, counts } = showProgress(stored, now);
      return { id, unit, confirmedAt, state, progress, counts };
    });
  }

  private async stored({ units, cases }: Watched): Promise<StoredCase[]> {
    const named = cases.length ? await this.graph.read('cases/by_ids', { ids: cases }) : [];
    if (units?.length === 0) return named;
    const ofUnits = await this.graph.read('cases/list', { units, states: 'open', after: '', limit: mostCases });
    const seen = new Set(ofUnits.map(({ id }) => id));
    return [...ofUnits, ...named.filter(({ id }) => !seen.has(id))];
  }
}
