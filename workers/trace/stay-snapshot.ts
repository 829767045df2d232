import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Clock } from '../../config/clock.js';
import type { Logger } from '../../config/log.js';
import { readSnapshot, removeSnapshot, UselessSnapshot, writeSnapshot } from '../../graph/stays/snapshot-file.js';
import type { Positions } from '../../src/positions.js';
import { comparePositions } from '../../src/streams.js';
import { wasTrimmed } from './fact-span.js';
import type { Kept } from './stay-keeper.js';

/** A snapshot is written this often when something changed: presence keeps the stream for three minutes behind. */
const everyMs = 100_000;

export interface SnapshotTools {
  redis: Redis;
  now: Clock;
  log: Logger;
  /** The folder of the file. */
  dataDir: string;
  /** The streams of facts, one for each shard. */
  streams: string[];
  /** How far presence has folded them by now. */
  folded: () => Promise<Positions>;
}

/** The stays in memory as they lie in a file, so that a restart does not read the whole graph. */
export class StaySnapshot {
  private writtenMs = -Infinity;
  /** Which state of the stays the file holds. */
  private written = '';

  constructor(private readonly tools: SnapshotTools) {}

  /**
   * What was written down last, if all that happened since is known; undefined without it. A file that is of no use is
   * taken away; throws when a service is away, for then it is not known whether it is.
   */
  async read(onProgress: (so: { stays: number; expected: number }) => void) {
    this.written = '';
    const found = await readSnapshot(this.file, onProgress).catch((error: unknown) => this.useless(error));
    if (!found) return undefined;
    const why = await this.whyUseless(found.positions);
    if (why !== undefined) return this.useless(new UselessSnapshot(why));
    this.written = JSON.stringify(found.positions);
    return found;
  }

  /** Writes it if it is time and something has happened since the last one. */
  async keepUp(kept: Kept): Promise<void> {
    if (this.tools.now() - this.writtenMs >= everyMs) await this.write(kept);
  }

  async write({ feeds, stays }: Kept): Promise<void> {
    const positions = Object.fromEntries(feeds.map(({ stream, position }) => [stream, position]));
    this.writtenMs = this.tools.now();
    const state = JSON.stringify(positions);
    if (state === this.written) return;
    mkdirSync(this.tools.dataDir, { recursive: true, mode: 0o700 });
    await writeSnapshot(this.file, { positions, ...stays.parts() });
    this.written = state;
  }

  /** The next one is written in any case: stays were forgotten that the file still holds. */
  outdated(): void {
    this.written = '';
  }

  private get file(): string {
    return join(this.tools.dataDir, 'stays.snapshot');
  }

  private async useless(error: unknown): Promise<undefined> {
    this.tools.log.warn({ fact: 'stay-snapshot-useless', reason: (error as Error).message });
    await removeSnapshot(this.file);
  }

  /** Nothing was missed when presence has folded nothing since, or the stream still holds the entry. */
  private async whyUseless(positions: Record<string, string>): Promise<string | undefined> {
    const { redis, streams } = this.tools;
    const folded = await this.tools.folded();
    for (const [shard, stream] of streams.entries()) {
      const from = positions[stream];
      if (from === undefined) return `it is old: it knows nothing of ${stream}`;
      const since = comparePositions(folded[shard]!, from);
      if (since < 0) return `it is of another graph: ${stream} has not been folded so far`;
      if (since > 0 && (await wasTrimmed(redis, { stream, from }))) return `it is old: ${stream} was trimmed since`;
    }
    return undefined;
  }
}
