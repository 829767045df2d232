import { setTimeout as pause } from 'node:timers/promises';
import { comparePositions, factStream } from '../src/streams.js';
import type { Line } from './benches.js';
import { ask } from './scan.js';
import type { Stage } from './stage.js';

/** Seconds of scans that make the backlog, and of the steady load that follows. */
const backlogSeconds = 8;
const steadySeconds = 15;

const lookEveryMs = 50;
const drainWithinMs = 240_000;

type Redis = Stage['redis'];

/** What the whole line sustains, and how far stays are behind scans at half of that. */
export async function line(stage: Stage): Promise<Line[]> {
  const redis = stage.redis;
  await new Promise((resolve) => redis.once('ready', resolve));
  try {
    stage.worker();
    await drained(stage, redis);
    const { perSecond: answered } = await ask(stage.world, stage, { seconds: backlogSeconds });
    const start = performance.now();
    const left = await waiting(stage, redis);
    await drained(stage, redis);
    const folded = (left / (performance.now() - start)) * 1_000;
    const sustained = Math.min(answered, folded || answered);
    const rate = Math.round(sustained / 2);
    const lags: number[] = [];
    const load = ask(stage.world, stage, { seconds: steadySeconds, rate }).finally(() => lags.push(NaN));
    while (!Number.isNaN(lags.at(-1))) {
      lags.push(await lag(stage, redis));
      await pause(lookEveryMs);
    }
    await load;
    const known = lags.filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
    const p99 = known[Math.floor(known.length * 0.99)]!;
    const question = `scan acknowledged to stay in Neo4j, p99, at ${rate} scans a second (half of what the line sustains)`;
    return [
      { question, against: 'the clock', target: '≤ 2 s', measured: `${(p99 / 1_000).toFixed(2)} s`, met: p99 <= 2_000 },
    ];
  } finally {
    redis.disconnect();
  }
}

async function position({ world }: Stage): Promise<string> {
  const [shard] = await world.graph.read('people/positions', { streams: [factStream(0)] });
  return shard?.position ?? '0-0';
}

/** How old the oldest scan is that is not in the graph yet. */
async function lag(stage: Stage, redis: Redis): Promise<number> {
  const now = Date.now();
  const [next] = await redis.xrange(factStream(0), `(${await position(stage)}`, '+', 'COUNT', 1);
  return next ? Math.max(0, now - Number(next[0].split('-')[0])) : 0;
}

/** Scans that wait to be folded: an entry of the stream holds those of one tick. */
async function waiting(stage: Stage, redis: Redis): Promise<number> {
  const entries = await redis.xrange(factStream(0), `(${await position(stage)}`, '+');
  return entries.reduce((sum, [, [, body = '']]) => sum + body.split('\n').length, 0);
}

/** Resolves when every scan of the stream is in the graph. */
export async function drained(stage: Stage, redis: Redis): Promise<void> {
  for (const end = performance.now() + drainWithinMs; performance.now() < end; await pause(lookEveryMs)) {
    const [last] = await redis.xrevrange(factStream(0), '+', '-', 'COUNT', 1);
    if (comparePositions(await position(stage), last?.[0] ?? '0-0') >= 0) return;
  }
  throw new Error('the worker did not catch up');
}
