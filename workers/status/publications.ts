import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { Graph } from '../../graph/graph.js';
import { Policies } from '../../src/policies.js';
import { peoplePerJob } from '../../src/status-news.js';
import { TraceNews } from '../../src/trace-news.js';
import { Renewal } from './renewal.js';

/** How often is looked for versions that were published (assumption). */
const lookEveryMs = 500;

/** How long is waited after a fault (assumption). */
const restMs = 1_000;

/**
 * Has everybody with a device looked at once after a version was published, or units or risk levels changed: they are
 * told what it changes, if it holds by then, and are woken at the instant at which it will. It is due until `renewedAt`
 * says that this was done, so that nothing is lost and running twice changes nothing.
 */
@Injectable()
export class Publications {
  private readonly stop = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly policies: Policies,
    private readonly renewal: Renewal,
    private readonly traces: TraceNews,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Resolves when the batch that runs has ended. */
  async end(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      const restedMs = await this.once().catch((error: Error) => {
        this.log.warn({ fact: 'publications-interrupted', reason: error.message });
        return restMs;
      });
      await pause(restedMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async once(): Promise<number> {
    const waiting = await this.graph.read('policies/to_renew', {});
    if (waiting.length === 0) return lookEveryMs;
    const due = waiting.map(({ key }) => key);
    await this.policies.reread();
    await this.retrace(due);
    await this.retraceIn(waiting.flatMap(({ codes }) => codes));
    for (let after = ''; !this.stop.signal.aborted;) {
      const page = await this.graph.read('status/with_device', { after, limit: peoplePerJob });
      const people = page.map(({ id }) => id);
      if (people.length === 0) break;
      await this.renewal.renew(people);
      after = people.at(-1)!;
    }
    if (!this.stop.signal.aborted) await this.graph.write('policies/renewed', { keys: due, atMs: this.now() });
    return 0;
  }

  /** A case is traced under the version in force at its day (SPEC section 5): those of the new version's own days. */
  private async retrace(due: string[]): Promise<void> {
    const fresh = this.policies.all.filter(({ id, version }) => due.includes(`${id}|${version}`));
    const publishedMs = (of: (typeof fresh)[number]) => this.policies.publishedAt(of);
    const begins = fresh.filter((one) => one.validFrom >= publishedMs(one)).map(({ validFrom }) => validFrom);
    if (begins.length === 0) return;
    const cases = await this.graph.read('policies/cases_since', { sinceMs: Math.min(...begins) });
    if (cases.length > 0) await this.traces.retrace(cases.map(({ id }) => id));
  }

  /** The rule a case is traced under is that of its unit, which may be within another one now. */
  private async retraceIn(codes: string[]): Promise<void> {
    if (codes.length === 0) return;
    const cases = await this.graph.read('policies/cases_of_units', { units: this.policies.everWithin(codes) });
    if (cases.length > 0) await this.traces.retrace(cases.map(({ id }) => id));
  }
}
