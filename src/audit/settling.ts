import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Env } from '../../config/env.js';
import { Graph } from '../../graph/graph.js';
import { ENV } from '../core.module.js';
import { Backlog } from '../imports/backlog.js';
import { comparePositions, factStream } from '../streams.js';

/** How often the positions of the workers are looked at (assumption). */
const lookEveryMs = 200;

/** Waits until what is on its way has arrived: facts have become stays, and stays have been traced. */
@Injectable()
export class Settling {
  constructor(
    private readonly graph: Graph,
    private readonly backlog: Backlog,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
  ) {}

  /** Whether all that was on its way when this was asked arrived within that time. */
  async wait(withinMs: number): Promise<boolean> {
    const endMs = performance.now() + withinMs;
    const { settled } = await this.backlog.measure(withinMs);
    const folded = await this.positions('');
    for (; settled; await pause(lookEveryMs)) {
      const followed = await this.positions('trace:');
      const [cases] = await this.graph.read('cases/waiting', { ids: null });
      const reached = folded.every((position, shard) => comparePositions(followed[shard]!, position) >= 0);
      if (cases!.waiting === 0 && (reached || !(await this.anyOpen()))) return true;
      if (performance.now() > endMs) return false;
    }
    return false;
  }

  private async anyOpen(): Promise<boolean> {
    return (await this.graph.read('cases/any_open', {})).length > 0;
  }

  private async positions(prefix: string): Promise<string[]> {
    const streams = Array.from({ length: this.env.SHARDS }, (_, shard) => `${prefix}${factStream(shard)}`);
    const known = await this.graph.read('people/positions', { streams });
    return streams.map((stream) => known.find((one) => one.stream === stream)?.position ?? '0-0');
  }
}
