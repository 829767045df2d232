import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Env } from '../../config/env.js';
import { REDIS } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { ENV } from '../core.module.js';
import { bodyField, comparePositions, factStream, packFacts, shardOf, type Fact } from '../streams.js';

/** Facts that travel in one entry: the presence worker takes entries whole (assumption). */
const factsPerEntry = 1_000;

/** How often a reader looks whether its facts have become stays (assumption). */
const lookEveryMs = 50;

/** Where in a stream the last of some facts stands. */
export interface Position {
  stream: string;
  position: string;
}

/** Hands facts about people to the presence worker, which alone writes scans and stays (DESIGN section 1). */
@Injectable()
export class Facts {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    private readonly graph: Graph,
  ) {}

  /** Durable once this resolves; facts of one person keep their order. */
  async append(facts: Fact[]): Promise<Position[]> {
    const positions = new Map<string, string>();
    for (const [stream, part] of this.byStream(facts)) {
      for (let at = 0; at < part.length; at += factsPerEntry) {
        const body = packFacts(part.slice(at, at + factsPerEntry));
        const position = await this.redis.xadd(stream, '*', bodyField, body);
        if (position) positions.set(stream, position);
      }
    }
    return [...positions].map(([stream, position]) => ({ stream, position }));
  }

  /** Waits until facts have become stays, and says whether they have within that time. */
  async settled(positions: Position[], withinMs: number): Promise<boolean> {
    const lastLook = performance.now() + withinMs;
    for (;;) {
      const shards = await this.graph.read('people/positions', { streams: positions.map(({ stream }) => stream) });
      const reached = new Map(shards.map(({ stream, position }) => [stream, position]));
      if (positions.every((one) => comparePositions(reached.get(one.stream) ?? '0-0', one.position) >= 0)) return true;
      if (performance.now() >= lastLook) return false;
      await setTimeout(lookEveryMs);
    }
  }

  private byStream(facts: Fact[]): Map<string, Fact[]> {
    const parts = new Map<string, Fact[]>();
    for (const fact of facts) {
      const stream = factStream(shardOf(fact.person, this.env.SHARDS));
      const part = parts.get(stream);
      if (part) part.push(fact);
      else parts.set(stream, [fact]);
    }
    return parts;
  }
}
