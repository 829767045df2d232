import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../config/clock.js';
import type { Env } from '../config/env.js';
import { REDIS } from '../config/redis.js';
import { Graph } from '../graph/graph.js';
import { ENV } from './core.module.js';
import { comparePositions, factStream } from './streams.js';

/** How often the worker's positions are looked at (assumption). */
const lookEveryMs = 100;

/** How far the presence worker is behind. */
export interface Behind {
  /** It has passed everything that was durable when it was asked. */
  settled: boolean;
  /** Age of the oldest fact that has not become a stay yet; 0 when there is none. */
  behindMs: number;
}

/** Compares what is durable in Redis with what has become stays in the graph (DESIGN section 8, lag). */
@Injectable()
export class Backlog {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
  ) {}

  /** Waits until the worker has passed what is durable now, or until the time is up. */
  async measure(withinMs: number): Promise<Behind> {
    const streams = Array.from({ length: this.env.SHARDS }, (_, shard) => factStream(shard));
    const newest = await Promise.all(streams.map(async (stream) => [stream, await this.newest(stream)] as const));
    const lastLook = performance.now() + withinMs;
    for (;;) {
      const shards = await this.graph.read('people/positions', { streams });
      const passed = new Map(shards.map(({ stream, position }) => [stream, position]));
      const waiting = newest.filter(([stream, last]) => comparePositions(passed.get(stream) ?? '0-0', last) < 0);
      if (waiting.length === 0) return { settled: true, behindMs: 0 };
      if (performance.now() >= lastLook) return { settled: false, behindMs: await this.lag(passed) };
      await setTimeout(lookEveryMs);
    }
  }

  /** The last entry of a stream; one that was trimmed away has been passed. */
  private async newest(stream: string): Promise<string> {
    const [entry] = await this.redis.xrevrange(stream, '+', '-', 'COUNT', 1);
    return entry?.[0] ?? '0-0';
  }

  private async lag(passed: Map<string, string>): Promise<number> {
    const ages = [...passed].map(async ([stream, position]) => {
      const [entry] = await this.redis.xrange(stream, `(${position}`, '+', 'COUNT', 1);
      return entry ? this.now() - Number(entry[0].split('-')[0]) : 0;
    });
    return Math.max(0, ...(await Promise.all(ages)));
  }
}
