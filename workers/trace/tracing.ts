import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import type { Env } from '../../config/env.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import { changedOf } from '../../graph/difference.js';
import { Graph, step, type RowOf, type Step } from '../../graph/graph.js';
import type { StoredExposure } from '../../graph/queries/cases.js';
import { firstStayAt, traceCase, type TracedLevel } from '../../graph/tracing.js';
import { BulkGuard, refuseDecided, stillOpen, type Held } from '../../src/bulk-guard.js';
import { contactOf } from '../../src/case-contact.js';
import { isClosed } from '../../src/case-state.js';
import { ENV } from '../../src/core.module.js';
import type { ZonedContact } from '../../src/domain/policy/contact.js';
import { Policies } from '../../src/policies.js';
import type { Positions } from '../../src/positions.js';
import { StatusNews } from '../../src/status-news.js';
import { TracedOver } from '../../src/traced-over.js';
import { CasePush } from './case-push.js';
import { StayKeeper, type Kept } from './stay-keeper.js';

/** Exposures of one transaction (DESIGN section 3: 1,000 to 5,000 rows). */
const rowsPerWrite = 2_000;

/** Those of the first one of a level: their colours are found while the others are written (assumption). */
const rowsOfFirstWrite = 250;

/** How often officers hear how far a level is (assumption). */
const tellEveryMs = 250;

const dayMs = 86_400_000;

/** Somebody else has begun to trace the case: what this run found is void. */
export class Overtaken extends Error {}

type Begun = RowOf<'cases/begin'>;

/** What one run works on. */
interface Run {
  /** What it is called among the running traces. */
  name: string;
  begun: Begun;
  /** What the graph holds, by person; people who were found again are taken out. */
  stored: Map<string, StoredExposure>;
  maxLevel: number;
  /** People by level so far, level 1 first. */
  counts: number[];
  /** What is committed and on its way to the status step. */
  handing: Promise<void>[];
}

/** What a run came to. */
interface Outcome {
  /** What was folded by then has surely been seen. */
  since: Positions;
  counts: number[];
  closesAt: number | null;
}

/** Traces one case: reads stays, asks the rule, replaces `EXPOSED` by difference, and hands on whom it changed. */
@Injectable()
export class Tracing {
  private readonly over: TracedOver;
  private readonly push: CasePush;

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    private readonly statuses: StatusNews,
    private readonly guard: BulkGuard,
    private readonly keeper: StayKeeper,
    @Inject(REDIS) redis: Redis,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.over = new TracedOver(redis);
    this.push = new CasePush(redis);
  }

  /** Safe to run twice: the second run finds nothing to change. */
  async trace(caseId: string): Promise<void> {
    const [known] = await this.graph.read('cases/by_ids', { ids: [caseId] });
    if (!known || known.tracedVersion === known.version) return;
    const name = await this.over.begin(caseId);
    try {
      await this.traceNow(caseId, name);
    } finally {
      await this.over.end(caseId, name);
    }
  }

  private async traceNow(caseId: string, name: string): Promise<void> {
    const [begun] = await this.graph.write('cases/begin', { id: caseId });
    if (!begun) return;
    const contact = await contactOf(this.policies, begun);
    if (begun.retractedAt === null && begun.generation > 1 && isClosed(begun, this.now())) {
      return this.finish(begun, { since: [], counts: begun.counts, closesAt: begun.closesAt });
    }
    await this.push.case(begun, { state: 'tracing', progress: 0, counts: begun.counts });
    const rows = await this.graph.read('cases/exposed', { id: caseId });
    const stored = new Map(rows.map((row) => [row.person, row]));
    const run: Run = { name, begun, stored, maxLevel: contact.maxLevel, counts: [], handing: [] };
    const { folded: since, kept } = await this.keeper.upToNow();
    if (begun.retractedAt === null) await this.levels(run, contact, kept);
    await this.remove(run);
    await handedOn(run);
    const first = await firstStayAt(this.graph, begun, contact);
    const closesAt = first === null ? null : first + this.env.RETENTION_DAYS * dayMs;
    await this.finish(begun, { since, counts: run.counts, closesAt });
  }

  /** Each level is committed and handed on before the next is looked for. */
  private async levels(run: Run, contact: ZonedContact, kept: Kept | undefined): Promise<void> {
    const { begun } = run;
    const { graph, vault } = this;
    // Stays that change meanwhile are compared afterwards (follower); people whose tests or isolations do, are asked for here.
    const onRead = (people: string[]) => this.over.note(run.name, people);
    const memory = kept?.stays;
    for await (const level of traceCase(begun, { graph, vault, contact, memory, onRead })) {
      await this.level(run, level);
      run.counts.push(level.people);
      await this.tellProgress(run, 0);
    }
  }

  /** What differs is gathered to whole transactions, however little of each part that is; others have their turn. */
  private async level(run: Run, { level, people, parts }: TracedLevel): Promise<void> {
    const changed: StoredExposure[] = [];
    let [done, toldMs, room] = [0, this.now(), rowsOfFirstWrite];
    for (const part of parts()) {
      changed.push(...changedOf(part, run.stored));
      for (const { person } of part) run.stored.delete(person);
      while (changed.length >= room) {
        await this.expose(run, level, changed.splice(0, room));
        room = rowsPerWrite;
      }
      done += part.length;
      if (this.now() - toldMs >= tellEveryMs) {
        toldMs = this.now();
        await this.tellProgress(run, done / people, done);
      }
      await turn();
    }
    await this.expose(run, level, changed);
    await handedOn(run);
  }

  private async expose(run: Run, level: number, changed: StoredExposure[]): Promise<void> {
    if (changed.length === 0) return;
    const rows = changed.sort((a, b) => (a.person < b.person ? -1 : 1));
    const { id, generation } = run.begun;
    const people = rows.map(({ person }) => person);
    const write = (held: Held) => {
      const waits = [...held].map(([person, hold]) => ({ person, hold }));
      const hold = waits.length ? [step('holds/hold_exposures', { case: id, rows: waits, atMs: this.now() })] : [];
      return this.write(run, [step('cases/expose', { id, generation, rows }), ...hold], people, held);
    };
    // Deeper levels that would change many colours of a unit at once wait; level 1 of a case never does (SPEC 6).
    await (level === 1 ? write(new Map()) : this.guard.writing(comingOf(id, rows), `case ${id}`, write));
    await this.push.changed(run.begun, rows);
  }

  /** How much of all levels is done; `found` are people of the level that is not done yet. */
  private async tellProgress({ begun, counts, maxLevel }: Run, share: number, found?: number): Promise<void> {
    const progress = (counts.length + share) / (maxLevel + 1);
    const soFar = found === undefined ? counts : [...counts, found];
    await this.push.case(begun, { state: 'tracing', progress, counts: soFar });
  }

  /** People who are not exposed any more. */
  private async remove(run: Run): Promise<void> {
    const { begun, stored } = run;
    const people = [...stored.keys()].sort();
    for (let at = 0; at < people.length; at += rowsPerWrite) {
      const part = people.slice(at, at + rowsPerWrite);
      await this.write(run, [step('cases/unexpose', { id: begun.id, people: part })], part);
      await this.push.removed(begun, part);
    }
  }

  /**
   * One transaction, void when somebody else traces the case by now; its people are handed on while the next is written,
   * and their colours found.
   */
  private async write(
    { begun, handing }: Run,
    changes: Step[],
    people: string[],
    held: Held = new Map(),
  ): Promise<void> {
    const { id, generation } = begun;
    const { note, write } = this.statuses.noteFor(people);
    const steps = [step('cases/guard', { id, generation }), ...changes, write, ...stillOpen(held)];
    await this.graph.writeAll(steps, (rows) => {
      if (rows[0]!.length === 0) throw new Overtaken(`case ${id} is traced by somebody else`);
      refuseDecided(held, rows);
    });
    handing.push(this.statuses.handOn([note]));
  }

  private async finish(begun: Begun, { since, counts, closesAt }: Outcome): Promise<void> {
    const { id, generation, version } = begun;
    const finish = step('cases/finish', { id, version, since: [...since], counts, closesAt, atMs: this.now() });
    await this.graph.writeAll([step('cases/guard', { id, generation }), finish], ([held = []]) => {
      if (held.length === 0) throw new Overtaken(`case ${id} is traced by somebody else`);
    });
    const state = begun.retractedAt === null ? ('traced' as const) : ('retracted' as const);
    await this.push.case(begun, { state, progress: 1, counts });
  }
}

const comingOf = (id: string, rows: StoredExposure[]) =>
  rows.map(({ person, level, at, lastAt, minutes, trust }) => {
    return { person, facts: [{ kind: 'exposure' as const, case: id, level, at, lastAt, minutes, trust }] };
  });

const handedOn = async ({ handing }: Run): Promise<void> => void (await Promise.all(handing.splice(0)));
