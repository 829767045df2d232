import { caseChanges } from './case-changes.js';
import { codes } from './codes.js';
import { colours } from './colours.js';
import { drain } from './drain.js';
import { engine } from './engine.js';
import { exposed } from './exposed.js';
import { imports } from './imports.js';
import { line } from './lag.js';
import { lookup } from './lookup.js';
import { memory } from './memory.js';
import { desk } from './pages/desk.js';
import { pages } from './pages/pages.js';
import { upload } from './pages/upload.js';
import { countingRows, startPostgres } from './postgres.js';
import { serve } from './processes.js';
import { push } from './push.js';
import { readers } from './readers.js';
import { compareServers, countingFacts } from './scan.js';
import { screens } from './screens.js';
import { switchOver } from './switch.js';
import { storm } from './storm.js';
import { whatIf } from './what-if.js';
import type { Stage } from './stage.js';
import type { Ratios } from './pairs.js';

/** One row of the table. */
export interface Line {
  question: string;
  against: string;
  target: string;
  measured: string;
  met: boolean;
  /** Where a bench takes another number of pairs than it is asked for. */
  pairs?: number;
}

/** Every bench by its name; each is a function of the stage it plays on. */
export const benches: Record<string, (stage: Stage) => Promise<Line[]>> = {
  scan,
  postgres,
  memory,
  colours,
  codes,
  drain,
  exposed,
  push,
  line,
  screens,
  imports,
  lookup,
  engine,
  changes: caseChanges,
  whatif: whatIf,
  pages,
  upload,
  desk,
  switch: switchOver,
  readers,
  storm,
};

const times = (ratio: number): string => `${ratio.toFixed(2)}x`;

function spreadOf({ spread: [least, most], unsteadiness }: Ratios): string {
  return `${times(least)} to ${times(most)}, machine unsteady by ${times(unsteadiness)}`;
}

async function scan({ world, url, pairs, redis }: Stage): Promise<Line[]> {
  const bare = await serve<{ url: string }>('bench/servers/bare.js');
  try {
    const ours = { url, counting: () => countingFacts(redis) };
    const ratios = await compareServers(world, { ours, theirs: bare.said }, pairs);
    const question = 'a durable scan answer with colour';
    const against = 'socket.io that answers and does nothing';
    return [
      {
        question: `${question}, throughput`,
        against,
        target: '≥ 0.7x',
        measured: `${times(ratios.speed)} (${spreadOf(ratios)})`,
        met: ratios.speed >= 0.7,
      },
      {
        question: `${question}, p99`,
        against,
        target: '≤ 2x',
        measured: times(ratios.p99 ?? NaN),
        met: (ratios.p99 ?? Infinity) <= 2,
      },
    ];
  } finally {
    redis.disconnect();
    await bare.stop();
  }
}

async function postgres({ world, url, pairs, redis }: Stage): Promise<Line[]> {
  const database = await startPostgres();
  const express = await serve<{ url: string }>('bench/servers/express-pg.js', { DATABASE_URL: database.url });
  try {
    const ours = { url, counting: () => countingFacts(redis) };
    const theirs = { ...express.said, http: true, counting: () => countingRows(database.url) };
    const ratios = await compareServers(world, { ours, theirs }, pairs);
    const against = 'Express + PostgreSQL INSERT';
    return [
      {
        question: 'a durable scan answer with colour, throughput',
        against,
        target: '≥ 10x',
        measured: `${times(ratios.speed)} (${spreadOf(ratios)})`,
        met: ratios.speed >= 10,
      },
      {
        question: 'a durable scan answer with colour, p99',
        against,
        target: '≤ 0.33x',
        measured: times(ratios.p99 ?? NaN),
        met: (ratios.p99 ?? Infinity) <= 1 / 3,
      },
    ];
  } finally {
    redis.disconnect();
    await express.stop();
    await database.stop();
  }
}
