import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { exposureFields } from '../../graph/difference.js';
import { Graph } from '../../graph/graph.js';
import type { StoredCase, StoredExposure } from '../../graph/queries/cases.js';
import { traceCase } from '../../graph/tracing.js';
import { contactOf } from '../case-contact.js';
import { isClosed } from '../case-state.js';
import { Policies } from '../policies.js';
import { atOnce, firstDifference, type Check, type Difference, type Finding, type Turn } from './check.js';
import { Settling } from './settling.js';

/** How often a case that is traced under our eyes is looked at, and how long apart. */
const mostLooks = 20;
const betweenLooksMs = 500;

/** How long is waited for what happened during a look to touch the case (assumption). */
const touchedWithinMs = 5_000;

/** Exposures as the stays in the graph give them (SPEC section 5), against those that are stored. */
@Injectable()
export class ExposuresCheck implements Check {
  readonly name = 'exposures';

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    private readonly settling: Settling,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Cases that stand, and those that were taken back but still have exposures; no sample is spent on closed ones. */
  async *choose(sample?: number): AsyncGenerator<string[]> {
    const [open, left] = [await this.graph.read('cases/open_ids', {}), await this.graph.read('cases/left_over', {})];
    const some = sample === undefined ? open : open.filter((stored) => !isClosed(stored, this.now()));
    const ids = [...some.map(({ id }) => id), ...left.map((row) => row.case)];
    yield sample === undefined ? ids : byChance(ids, sample);
  }

  /** Closed cases are frozen, so they are only counted (SPEC section 4). */
  async *look(ids: string[], turn = atOnce): AsyncGenerator<Finding> {
    for (const id of ids) {
      const found = await this.lookAt(id, turn);
      if (found === 'closed') yield { closed: 1 };
      else {
        yield { looked: 1 };
        for (const difference of found) yield { difference };
      }
    }
  }

  /** Looks until the case stood still for the whole of a look, and whatever happened by then has not touched it. */
  private async lookAt(id: string, turn: Turn): Promise<Difference[] | 'closed'> {
    for (let looks = 1; ; looks++) {
      await turn();
      const before = await this.get(id);
      if (!before) return [];
      if (before.retractedAt === null && isClosed(before, this.now()) && before.tracedVersion !== null) return 'closed';
      const isTraced = before.tracedVersion === before.version;
      const found = isTraced || looks === mostLooks ? await this.differencesOf(before, turn) : [];
      if (isTraced && found.length === 0) return [];
      const isQuiet = isTraced && (await this.settling.touched(touchedWithinMs));
      const stood = isQuiet && (await this.get(id))?.version === before.version;
      if (stood) return found;
      if (looks === mostLooks) return [...found, ...notTraced(before)].map((one) => ({ ...one, pending: true }));
      await pause(betweenLooksMs);
    }
  }

  private async get(id: string): Promise<StoredCase | undefined> {
    return (await this.graph.read('cases/by_ids', { ids: [id] }))[0];
  }

  private async differencesOf(of: StoredCase, onRead: Turn): Promise<Difference[]> {
    const contact = await contactOf(this.policies, of);
    const expected = new Map<string, StoredExposure>();
    const { graph, vault } = this;
    if (of.retractedAt === null) {
      for await (const level of traceCase(of, { graph, vault, contact, onRead })) {
        for (const part of level.parts()) for (const row of part) expected.set(row.person, row);
      }
    }
    const rows = await this.graph.read('cases/exposed', { id: of.id });
    const stored = new Map(rows.map((row) => [row.person, row]));
    return [...new Set([...expected.keys(), ...stored.keys()])].flatMap((person) => {
      const pair = { expected: expected.get(person), found: stored.get(person) };
      return firstDifference({ subject: of.id, of: `case ${of.id}, person ${person}` }, pair, exposureFields) ?? [];
    });
  }
}

function notTraced({ id, version, tracedVersion }: StoredCase): Difference[] {
  if (tracedVersion === version) return [];
  const [expected, found] = [`traced at version ${version}`, `version ${tracedVersion ?? 'none'}`];
  return [{ subject: id, of: `case ${id}`, expected, found, pending: true }];
}

/** So many of them, each as likely as any other. */
function byChance(ids: string[], count: number): string[] {
  for (let at = 0; at < Math.min(count, ids.length); at++) {
    const other = randomInt(at, ids.length);
    [ids[at], ids[other]] = [ids[other]!, ids[at]!];
  }
  return ids.slice(0, count);
}
