import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Env } from '../../config/env.js';
import { Graph } from '../../graph/graph.js';
import { CLOCK, type Clock } from '../../config/clock.js';
import { ENV } from '../core.module.js';
import { Backlog } from '../backlog.js';
import { followedId, reaches, unpackFollowed, type Positions } from '../positions.js';
import { factStream } from '../streams.js';
import { StatusNews } from '../status-news.js';
import { TraceNews } from '../trace-news.js';

/** How often the positions of the workers are looked at (assumption). */
const lookEveryMs = 200;

/** Waits until what is on its way has arrived: facts have become stays, stays were traced, and colours renewed. */
@Injectable()
export class Settling {
  constructor(
    private readonly graph: Graph,
    private readonly backlog: Backlog,
    private readonly traces: TraceNews,
    private readonly statuses: StatusNews,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
  ) {}

  /** Whether all that was on its way when this was asked arrived within that time. */
  async wait(withinMs: number): Promise<boolean> {
    const endMs = performance.now() + withinMs;
    const { settled } = await this.backlog.measure(withinMs);
    if (!settled) return false;
    const folded = await this.folded();
    let tracedMs: number | undefined;
    return this.until(endMs, async () => {
      const [cases] = await this.graph.read('cases/unsettled', {});
      if (cases!.unsettled > 0 || !(await this.areFollowed(folded))) return false;
      tracedMs ??= this.now();
      return !(await this.statuses.isBehind(tracedMs));
    });
  }

  /** Whether all that has become stays or evidence by now has touched the cases it touches, within that time. */
  async touched(withinMs: number): Promise<boolean> {
    const [folded, nowMs] = [await this.folded(), this.now()];
    const isTouched = async () => {
      if ((await this.traces.isBehind(nowMs)) || !(await this.areFollowed(folded))) return false;
      return (await this.graph.read('cases/traced', { limit: 1 })).length === 0;
    };
    return this.until(performance.now() + withinMs, isTouched);
  }

  private async until(endMs: number, condition: () => Promise<boolean>): Promise<boolean> {
    for (; ; await pause(lookEveryMs)) {
      if (await condition()) return true;
      if (performance.now() > endMs) return false;
    }
  }

  /** Nobody follows while no case stands. */
  private async areFollowed(folded: Positions): Promise<boolean> {
    const [followed] = await this.graph.read('people/positions', { streams: [followedId] });
    return reaches(unpackFollowed(followed?.position)?.positions ?? [], folded) || !(await this.anyOpen());
  }

  private async anyOpen(): Promise<boolean> {
    return (await this.graph.read('cases/any_open', {})).length > 0;
  }

  private async folded(): Promise<Positions> {
    const streams = Array.from({ length: this.env.SHARDS }, (_, shard) => factStream(shard));
    const known = await this.graph.read('people/positions', { streams });
    return streams.map((stream) => known.find((one) => one.stream === stream)?.position ?? '0-0');
  }
}
