import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { Vault } from '../config/vault.js';
import { isSame } from '../graph/difference.js';
import { Graph, step, type Step } from '../graph/graph.js';
import { traceCase } from '../graph/tracing.js';
import { BulkGuardModule } from '../src/bulk-guard.js';
import { contactOf } from '../src/case-contact.js';
import { CoreModule } from '../src/core.module.js';
import { Policies, PoliciesModule } from '../src/policies.js';
import { StatusNewsModule } from '../src/status-news.js';
import { TraceNews, TraceNewsModule } from '../src/trace-news.js';
import { StayKeeper } from '../workers/trace/stay-keeper.js';
import { Tracing } from '../workers/trace/tracing.js';
import type { Line } from './benches.js';
import { median } from './pairs.js';
import type { Stage } from './stage.js';
import { hang, makePeople } from './world.js';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A town in which a case has some dozens of contacts, and hundreds behind them. */
const whole = { people: 20_000, venues: 1_000, stays: 200_000, cases: 1_000, changes: 20 };
const small = { people: 4_000, venues: 200, stays: 40_000, cases: 200, changes: 8 };

/** Everybody stayed somewhere within so many days, for 20 to 120 minutes each time. */
const days = 10;
const perWrite = 2_000;

/** Tracing alone, with the stays in memory: this process takes the part of the worker. */
@Module({
  imports: [BulkGuardModule, CoreModule, PoliciesModule, StatusNewsModule, TraceNewsModule],
  providers: [StayKeeper, Tracing],
})
class TracingAlone {}

interface Carrier {
  id: string;
  person: string;
  /** Whether its person is isolated by it, so that the cases they belong to are touched too. */
  isolates: boolean;
}

interface Town {
  app: INestApplicationContext;
  graph: Graph;
  people: string[];
  /** The cases that stand, oldest first. */
  cases: Carrier[];
  startMs: number;
}

/**
 * Adding, amending or retracting one of many active cases, with all that follows from it for it and for others, against
 * computing all of them anew, which is what a system without differences and an index would do.
 */
export async function caseChanges({ world, pairs, quick }: Stage): Promise<Line[]> {
  const size = quick ? small : whole;
  process.env['DATA_DIR'] = world.dataDir;
  const app = await NestFactory.createApplicationContext(TracingAlone, { logger: ['error'] });
  try {
    const town = await settle(app, size, world);
    const [one, all]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < pairs; pair++) {
      if (pair % 2 === 0) all.push(await timed(() => recompute(town)));
      for (let change = 0; change < size.changes; change++) one.push(await timed(() => changeOne(town, one.length)));
      if (pair % 2 === 1) all.push(await timed(() => recompute(town)));
    }
    assert.equal(await differing(town), 0, 'what was changed one by one must be what a fresh computation gives');
    return linesOf(one, median(all), town.cases.length);
  } finally {
    await app.get(StayKeeper).stop();
    await app.close();
  }
}

async function settle(app: INestApplicationContext, size: typeof whole, world: Stage['world']): Promise<Town> {
  const [graph, startMs, tag] = [app.get(Graph), systemClock() - (days + 1) * dayMs, newId()];
  const people: string[] = [];
  while (people.length < size.people) people.push(...(await makePeople(world, perWrite)));
  for (let at = 0; at < size.stays; at += perWrite) {
    const some = Array.from({ length: perWrite }, (_, each) => {
      const from = startMs + Math.floor(chance(at + each, 1) * days * 1_440) * minuteMs;
      const venue = `${tag}-${Math.floor(chance(at + each, 2) ** 1.5 * size.venues)}`;
      const out = from + (20 + Math.floor(chance(at + each, 3) * 100)) * minuteMs;
      return { person: people[(at + each) % people.length]!, venue, zone: '', in: from, out, trust: 1 };
    });
    await hang(graph, some);
  }
  const keeper = app.get(StayKeeper);
  keeper.start();
  while (!(await keeper.upToNow()).kept) await pause(100);
  const town: Town = { app, graph, people, cases: [], startMs };
  while (town.cases.length < size.cases) await add(town, town.cases.length);
  return town;
}

/** A number in [0, 1) that is the same for the same two, on every machine. */
function chance(at: number, salt: number): number {
  let mixed = Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

async function add(town: Town, at: number): Promise<void> {
  const id = newId();
  const person = town.people[(at * 17) % town.people.length]!;
  const onset = town.startMs + Math.floor((2 + chance(at, 4) * 4) * dayMs);
  const isolatedAt = at % 3 === 0 ? onset + 4 * dayMs : null;
  const row = { id, person, unit: null, onset, sampledAt: null, isolatedAt };
  const made = { id, person, isolates: isolatedAt !== null };
  await write(town, made, step('cases/create', { rows: [row], atMs: systemClock() }));
  town.cases.push(made);
}

/** The n-th change: a new case, an old one with other dates, or one that is taken back, in turns. */
async function changeOne(town: Town, at: number): Promise<void> {
  const atMs = systemClock();
  if (at % 3 === 0) return add(town, 5_000 + at);
  const old = town.cases[Math.floor(chance(at, 5) * town.cases.length)]!;
  const { id } = old;
  if (at % 3 === 1) {
    const onset = town.startMs + Math.floor((2 + chance(at, 6) * 4) * dayMs);
    const isolatedAt = at % 2 ? onset + 3 * dayMs : null;
    const amend = step('cases/amend', { rows: [{ id, onset, sampledAt: null, isolatedAt }], atMs });
    await write(town, { ...old, isolates: old.isolates || isolatedAt !== null }, amend);
    old.isolates = isolatedAt !== null;
    return;
  }
  town.cases = town.cases.filter((one) => one !== old);
  return write(town, old, step('cases/retract', { id, reason: 'bench', atMs }));
}

/** Writes a change as the API does, and traces whatever is due because of it, as the worker does. */
async function write({ app, graph }: Town, { id, person, isolates }: Carrier, change: Step): Promise<void> {
  const traces = app.get(TraceNews);
  const { note, write: noted } = traces.noteFor([id], isolates ? [person] : []);
  await graph.writeAll([change, noted]);
  await traces.handOn([note]);
  await traceDue(app, graph);
}

async function traceDue(app: INestApplicationContext, graph: Graph): Promise<void> {
  for (;;) {
    const due = await graph.read('cases/due', { beforeMs: Number.MAX_SAFE_INTEGER });
    if (due.length === 0) return;
    for (const { id } of due) await app.get(Tracing).trace(id);
  }
}

/** All cases anew, each compared with what is stored, which is nothing else: so nothing has to be written. */
async function recompute(town: Town): Promise<void> {
  await differing(town);
}

/** How many people are stored otherwise than a fresh computation of all cases gives. */
async function differing({ app, graph, cases }: Town): Promise<number> {
  let count = 0;
  const { kept } = await app.get(StayKeeper).upToNow();
  const [policies, vault] = [app.get(Policies), app.get(Vault)];
  for (const stored of await graph.read('cases/by_ids', { ids: cases.map(({ id }) => id) })) {
    const contact = await contactOf(policies, stored);
    const found = new Map((await graph.read('cases/exposed', { id: stored.id })).map((row) => [row.person, row]));
    for await (const { parts } of traceCase(stored, { graph, vault, contact, memory: kept?.stays })) {
      for (const row of [...parts()].flat()) {
        if (!isSame(row, found.get(row.person))) count++;
        found.delete(row.person);
      }
    }
    count += found.size;
  }
  return count;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function linesOf(one: number[], allMs: number, cases: number): Line[] {
  const sorted = [...one].sort((a, b) => a - b);
  const line = (part: string, ms: number, atLeast: number): Line => ({
    question: `add, amend or retract one of ${cases} active cases, ${part}`,
    against: 'computing all of them anew',
    target: `≥ ${atLeast}x`,
    measured: `${Math.round(allMs / ms)}x (${ms.toFixed(0)} ms and ${(allMs / 1_000).toFixed(1)} s, 0 people differ)`,
    met: allMs / ms >= atLeast,
  });
  return [line('p50', median(one), 100), line('p95', sorted[Math.floor(sorted.length * 0.95)]!, 5)];
}
