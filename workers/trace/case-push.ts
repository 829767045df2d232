import type { Redis } from 'ioredis';
import type { StoredExposure } from '../../graph/queries/cases.js';
import { RunningTraces } from '../../src/running-traces.js';
import { bodyField, packPush, pushKept, pushStream, type CaseNews, type ExposureNews } from '../../src/streams.js';

/** People of one batch of news (DESIGN section 5). */
const peoplePerEntry = 250;

interface OfCase {
  id: string;
  unit: string | null;
  /** Epoch milliseconds. */
  confirmedAt: number;
  version: number;
}

/** Tells the screens of officers how a trace goes. */
export class CasePush {
  private readonly running: RunningTraces;

  constructor(private readonly redis: Redis) {
    this.running = new RunningTraces(redis);
  }

  /** Also kept for those who ask while the trace runs. */
  async case(
    { id, unit, confirmedAt, version }: OfCase,
    news: Pick<CaseNews, 'state' | 'progress' | 'counts'>,
  ): Promise<void> {
    const { state, progress, counts } = news;
    await (state === 'tracing' ? this.running.tell(id, { version, progress, counts }) : this.running.ended(id));
    await this.add([{ push: 'case', case: id, unit, confirmedAt, ...news }]);
  }

  async changed({ id, unit }: OfCase, rows: StoredExposure[]): Promise<void> {
    for (let at = 0; at < rows.length; at += peoplePerEntry) {
      const changed = rows.slice(at, at + peoplePerEntry).map(({ person, level, at: exposedAt, minutes, dose }) => {
        return { person, level, exposedAt, minutes, dose };
      });
      await this.add([{ push: 'exposures', case: id, unit, changed, removed: [] }]);
    }
  }

  async removed({ id, unit }: OfCase, people: string[]): Promise<void> {
    for (let at = 0; at < people.length; at += peoplePerEntry) {
      const removed = people.slice(at, at + peoplePerEntry);
      await this.add([{ push: 'exposures', case: id, unit, changed: [], removed }]);
    }
  }

  private async add(news: (CaseNews | ExposureNews)[]): Promise<void> {
    await this.redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, packPush(news));
  }
}
