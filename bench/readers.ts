import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Graph } from '../graph/graph.js';
import { GraphStays } from '../graph/stays/graph-stays.js';
import { LiveStays } from '../graph/stays/live-stays.js';
import { loadStays } from '../graph/stays/load-stays.js';
import { readSnapshot, writeSnapshot } from '../graph/stays/snapshot-file.js';
import type { Exposure } from '../src/domain/exposure/exposure.js';
import type { StayReader } from '../src/domain/exposure/reader.js';
import { atOneGo } from '../src/domain/exposure/sliced.js';
import { trace } from '../src/domain/exposure/trace.js';
import type { TracedCase } from '../src/domain/exposure/windows.js';
import type { Line } from './benches.js';
import { caseOf, rule } from './engine-trace.js';
import { median } from './pairs.js';
import { settledWorld, type SettledWorld } from './settled-world.js';
import type { Stage } from './stage.js';

/** Random cases, and some that warm both sides up first; the rule itself is compiled after some hundred. */
const cases = 200;
const warming = 5;
const compiling = 400;

/** Restarts from a snapshot; reading the graph takes long, so it is done once. */
const restarts = 5;

const nobody = new Map<string, never>();

/** Both readers over the same graph: the answers of a case, and what a restart costs. */
export async function readers(stage: Stage): Promise<Line[]> {
  const { graph, dataDir } = stage.world;
  const world = await settledWorld(stage);
  const { stays, tookMs } = await rebuilt(graph);
  return [
    await compare(graph, stays, { world, quick: stage.quick }),
    await restart(stays, { file: join(dataDir, 'bench.snapshot'), tookMs, world }),
  ];
}

async function rebuilt(graph: Graph): Promise<{ stays: LiveStays; tookMs: number }> {
  const begun = performance.now();
  const stays = new LiveStays((await loadStays(graph, () => undefined)).build());
  return { stays, tookMs: performance.now() - begun };
}

async function compare(
  graph: Graph,
  stays: LiveStays,
  { world, quick }: { world: SettledWorld; quick: boolean },
): Promise<Line> {
  const sum = { memory: 0, graph: 0 };
  const ratios: number[] = [];
  const count = quick ? cases / 10 : cases;
  for (let each = 0; each < compiling; each++) await timed(movedCase(each * 7_919, world), stays);
  for (let each = -warming; each < count; each++) {
    const traced = movedCase((each + warming) * 7_919, world);
    const namesOf = async () => new Map<string, string>();
    const [ours, theirs] = [
      await timed(traced, stays),
      await timed(traced, new GraphStays({ graph, namesOf }, traced.person)),
    ];
    assert.deepEqual(ours.rows, theirs.rows, `both readers must give the same rows of case ${each}`);
    if (each < 0) continue;
    sum.memory += ours.tookMs;
    sum.graph += theirs.tookMs;
    ratios.push(theirs.tookMs / ours.tookMs);
  }
  const ratio = sum.graph / sum.memory;
  const [mine, other] = [sum.memory, sum.graph].map((ms) => `${(ms / count).toFixed(1)} ms`);
  return {
    question: `${count} random cases, ${world.scale.stays / 1e6} M stays, the memory reader`,
    against: 'the graph reader on Neo4j, warm',
    target: '≥ 50x, identical rows',
    measured: `${ratio.toFixed(0)}x (${mine} and ${other} a case; median of the cases ${median(ratios).toFixed(0)}x)`,
    met: ratio >= 50,
  };
}

/** A case of somebody, at the time of the settled world. */
export function movedCase(chance: number, { scale, shiftMs }: SettledWorld): TracedCase {
  const traced = caseOf(chance % scale.people);
  return { ...traced, onset: traced.onset! + shiftMs };
}

async function timed(traced: TracedCase, stays: StayReader): Promise<{ rows: Exposure[]; tookMs: number }> {
  const begun = performance.now();
  const rows: Exposure[] = [];
  for await (const level of trace(traced, rule, { stays, standing: () => nobody })) rows.push(...level.rows());
  const tookMs = performance.now() - begun;
  return { rows: rows.sort((a, b) => (a.person < b.person ? -1 : 1)), tookMs };
}

async function restart(
  stays: LiveStays,
  { file, tookMs, world }: { file: string; tookMs: number; world: SettledWorld },
): Promise<Line> {
  await writeSnapshot(file, { positions: {}, ...stays.parts() });
  const taken: number[] = [];
  for (let round = 0; round < restarts; round++) {
    const begun = performance.now();
    const found = (await readSnapshot(file))!;
    const read = new LiveStays(atOneGo(found.mass), found.late);
    taken.push(performance.now() - begun);
    assert.equal(read.counts.stays, stays.counts.stays);
    const traced = movedCase(round * 7_919, world);
    assert.deepEqual((await timed(traced, read)).rows, (await timed(traced, stays)).rows);
  }
  const ratio = tookMs / median(taken);
  return {
    question: `restart with a snapshot of ${world.scale.stays / 1e6} M stays`,
    against: 'reading all of them from Neo4j',
    target: '≥ 10x',
    measured: `${ratio.toFixed(0)}x (${(median(taken) / 1_000).toFixed(2)} s and ${(tookMs / 1_000).toFixed(1)} s)`,
    met: ratio >= 10,
  };
}
