import assert from 'node:assert/strict';
import { systemClock } from '../config/clock.js';
import { loadEnv } from '../config/env.js';
import { createLog } from '../config/log.js';
import { Vault } from '../config/vault.js';
import type { Graph } from '../graph/graph.js';
import type { LiveStays } from '../graph/stays/live-stays.js';
import { StatusesCheck } from '../src/checks/statuses-check.js';
import type { Exposure } from '../src/domain/exposure/exposure.js';
import { trace } from '../src/domain/exposure/trace.js';
import type { TracedCase } from '../src/domain/exposure/windows.js';
import { Policies } from '../src/policies.js';
import { StatusNews } from '../src/status-news.js';
import { rule } from './engine-trace.js';
import type { Stage } from './stage.js';

const nobody = new Map<string, never>();

/** People whose colours are evaluated afresh, taken evenly from all that were exposed. */
const looked = 20_000;

/** What the rule gives over these stays. */
export async function rowsOf(traced: TracedCase, stays: LiveStays): Promise<Exposure[]> {
  const rows: Exposure[] = [];
  for await (const level of trace(traced, rule, { stays, standing: () => nobody })) rows.push(...level.rows());
  return rows;
}

/** What the worker has written is what the rule gives over the same stays. */
export async function assertExposures(graph: Graph, sick: TracedCase[], stays: LiveStays): Promise<void> {
  for (const traced of sick) {
    const expected = (await rowsOf(traced, stays)).map(({ person, level, exposedAt, via }) =>
      [person, level, exposedAt, via].join(' '),
    );
    const stored = await graph.read('cases/exposed', { id: traced.id });
    assert.deepEqual(
      stored.map(({ person, level, at, via }) => [person, level, at, via].join(' ')).sort(),
      expected.sort(),
    );
  }
}

/** The snapshots, colours and last remembered versions of the exposed are what their evidence gives. */
export async function assertColours({ world: { graph, secrets }, redis }: Stage, sick: TracedCase[]): Promise<void> {
  const exposed = new Set<string>();
  for (const { id } of sick) for (const { person } of await graph.read('cases/exposed', { id })) exposed.add(person);
  const step = Math.ceil(exposed.size / looked);
  const people = [...exposed].filter((_, at) => at % step === 0);
  const [env, log] = [loadEnv(process.env), createLog('bench', 'error')];
  const [policies, statuses] = [new Policies(graph, systemClock, log), new StatusNews(graph, env, systemClock, log)];
  await policies.onModuleInit();
  statuses.onApplicationBootstrap();
  try {
    const check = new StatusesCheck(graph, new Vault(secrets), policies, statuses, redis, systemClock, env);
    for await (const finding of check.look(people)) assert.ok(!('difference' in finding), JSON.stringify(finding));
  } finally {
    policies.onApplicationShutdown();
    await statuses.onApplicationShutdown();
    redis.disconnect();
  }
}
