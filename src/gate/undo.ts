import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { REDIS } from '../../config/redis.js';
import { ENV } from '../core.module.js';
import { packUndo, unpackLine } from '../domain/stay/packed.js';
import { scanKey } from '../domain/stay/scan.js';
import { undoWithinMs } from '../limits.js';
import { bodyField, factStream, packFacts, shardOf, unpackFacts } from '../streams.js';
import { Recent } from './recent.js';

/** Entries of the stream that are looked at in one read. */
const pageSize = 200;

interface Found {
  person: string;
  scannedAt: number;
  receivedAt: number;
}

/** Takes scans back: the undo is a fact of its own, which removes the scan from the set that is folded. */
@Injectable()
export class Undo {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'SHARDS'>,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly recent: Recent,
  ) {}

  /** False when no scan of that gate and id arrived in time. Durable once this resolves; throws when Redis is away. */
  async take(gate: string, scanId: string): Promise<boolean> {
    const found = this.remembered(gate, scanId) ?? (await this.search(gate, scanId));
    const undoneAt = this.now();
    if (!found || undoneAt - found.receivedAt > undoWithinMs) return false;
    const line = packUndo({ gate, scanId, at: found.scannedAt, undoneAt });
    const stream = factStream(shardOf(found.person, this.env.SHARDS));
    await this.redis.xadd(stream, '*', bodyField, packFacts([{ person: found.person, line }]));
    return true;
  }

  /** A scan that is still being written is looked for in the stream, too late or in time for it. */
  private remembered(gate: string, scanId: string): Found | undefined {
    const scan = this.recent.get(scanKey({ gate, scanId }));
    return scan?.reply ? scan : undefined;
  }

  /** Scans that another process took, or this one before it started again, are still in the streams. */
  private async search(gate: string, scanId: string): Promise<Found | undefined> {
    const from = this.now() - undoWithinMs;
    const start = `["s",${JSON.stringify(gate)},${JSON.stringify(scanId)},`;
    for (let shard = 0; shard < this.env.SHARDS; shard++) {
      for await (const { person, line } of this.factsSince(factStream(shard), from)) {
        if (!line.startsWith(start)) continue;
        const read = unpackLine(line);
        if ('scan' in read) return { person, scannedAt: read.scan.at, receivedAt: read.scan.receivedAt };
      }
    }
    return undefined;
  }

  /** Newest first. */
  private async *factsSince(stream: string, fromMs: number) {
    for (let before = '+'; ;) {
      const entries = await this.redis.xrevrange(stream, before, String(fromMs), 'COUNT', pageSize);
      for (const [, [, body = '']] of entries) yield* unpackFacts(body).reverse();
      const oldest = entries.at(-1)?.[0];
      if (oldest === undefined || entries.length < pageSize) return;
      before = `(${oldest}`;
    }
  }
}
