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
import { firstDifference, type Check, type Difference, type Finding } from './check.js';

/** How often a case that is traced under our eyes is looked at, and how long apart. */
const mostLooks = 20;
const betweenLooksMs = 500;

/** Exposures as the stays in the graph give them (SPEC section 5), against those that are stored. */
@Injectable()
export class ExposuresCheck implements Check {
  readonly name = 'exposures';

  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Closed cases are frozen, so they are only counted (SPEC section 4). */
  async *run(sample = Infinity): AsyncGenerator<Finding> {
    const open = await this.graph.read('cases/open_ids', {});
    for (const { id } of open.slice(0, sample)) {
      const found = await this.look(id);
      if (found === 'closed') yield { closed: 1 };
      else {
        yield { looked: 1 };
        for (const difference of found) yield { difference };
      }
    }
    for (const { case: id, exposures } of await this.graph.read('cases/left_over', {})) {
      yield { difference: { of: `case ${id}`, expected: 'no exposures, for it was retracted', found: `${exposures}` } };
    }
  }

  /** Looks until the case stood still for the whole of a look. */
  private async look(id: string): Promise<Difference[] | 'closed'> {
    for (let looks = 1; ; looks++) {
      const [before] = await this.graph.read('cases/by_ids', { ids: [id] });
      if (!before || before.retractedAt !== null) return [];
      if (isClosed(before, this.now()) && before.tracedVersion !== null) return 'closed';
      const isTraced = before.tracedVersion === before.version;
      const found = isTraced || looks === mostLooks ? await this.differencesOf(before) : [];
      const [after] = await this.graph.read('cases/by_ids', { ids: [id] });
      if (isTraced && (found.length === 0 || after?.version === before.version)) return found;
      if (looks === mostLooks) return [...found, ...notTraced(before)];
      await pause(betweenLooksMs);
    }
  }

  private async differencesOf(of: StoredCase): Promise<Difference[]> {
    const contact = await contactOf(this.policies, of);
    const expected = new Map<string, StoredExposure>();
    const { graph, vault } = this;
    for await (const { exposures } of traceCase(of, { graph, vault, contact })) {
      for (const row of exposures) expected.set(row.person, row);
    }
    const rows = await this.graph.read('cases/exposed', { id: of.id });
    const stored = new Map(rows.map((row) => [row.person, row]));
    return [...new Set([...expected.keys(), ...stored.keys()])].flatMap((person) => {
      const pair = { expected: expected.get(person), found: stored.get(person) };
      return firstDifference(`case ${of.id}, person ${person}`, pair, exposureFields) ?? [];
    });
  }
}

function notTraced({ id, version, tracedVersion }: StoredCase): Difference[] {
  if (tracedVersion === version) return [];
  return [{ of: `case ${id}`, expected: `traced at version ${version}`, found: `version ${tracedVersion ?? 'none'}` }];
}
