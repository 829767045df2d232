import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLog } from '../../../config/log.js';
import { readReaders, type ReaderState } from '../../../src/worker-state.js';
import { StayKeeper } from '../../../workers/trace/stay-keeper.js';
import { until } from '../../until.js';
import { Bench } from '../presence/bench.js';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open(230);
});
afterAll(() => bench.close());

function keeper(dataDir: string, reader: 'memory' | 'graph' = 'memory'): StayKeeper {
  const env = { SHARDS: 1, STAY_READER: reader, RETENTION_DAYS: 21, DATA_DIR: dataDir };
  return new StayKeeper(bench.graph, bench.redis, env, () => Date.now(), createLog('test', 'silent'));
}

/** The reader that somebody runs who did not run before: files beside this one run workers of their own. */
async function started(made: StayKeeper): Promise<() => Promise<ReaderState | undefined>> {
  const before = new Set((await readReaders(bench.redis, Date.now())).keys());
  made.start();
  const mine = await until('it has told of itself', async () =>
    [...(await readReaders(bench.redis, Date.now())).keys()].find((worker) => !before.has(worker)),
  );
  return async () => (await readReaders(bench.redis, Date.now())).get(mine);
}

describe('a tracer tells how far its stays are', () => {
  it('first none, then so many of how many, then all of them, from the graph and then from its snapshot', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'vetxanh-reader-'));
    for (const from of ['graph', 'snapshot'] as const) {
      const made = keeper(dataDir);
      const state = await started(made);
      const seen: ReaderState[] = [];
      const ready = await until('it is ready', async () => {
        const now = await state();
        if (now) seen.push(now);
        return now?.ready && now;
      });
      expect(ready).toMatchObject({ reader: 'memory', from, expected: ready.stays });
      for (const { stays, expected } of seen) expect(stays).toBeLessThanOrEqual(expected ?? 0);
      await made.stop();
      expect(await state()).toBeUndefined();
    }
  }, 60_000);

  it('at once that it is ready where it reads the graph', async () => {
    const made = keeper(mkdtempSync(join(tmpdir(), 'vetxanh-reader-')), 'graph');
    const state = await started(made);
    expect(await state()).toMatchObject({ reader: 'graph', ready: true, from: null });
    await made.stop();
  });
});
