import { Injectable } from '@nestjs/common';
import { Graph } from '../../graph/graph.js';
import { ContactTrial } from './contact-trial.js';
import type { SimulateBody } from './bodies.js';
import { Drafts, type Draft } from './drafts.service.js';
import { Replay } from './replay.js';
import { showDay, showEffect, type Simulated } from './shown.js';
import { Simulation, type Progress } from './simulation.js';

/** The cases of one trial at most: each is traced from its stays (assumption). */
const mostCases = 1_000;

/** One dry run of a draft, part after part; kept with the draft at its end. */
@Injectable()
export class DryRun {
  constructor(
    private readonly graph: Graph,
    private readonly drafts: Drafts,
    private readonly simulation: Simulation,
    private readonly replay: Replay,
    private readonly trial: ContactTrial,
  ) {}

  async *run(draft: Draft, { replayDays, contact }: SimulateBody): AsyncGenerator<Progress, Simulated> {
    const { policy } = draft;
    const found: Simulated = { effect: showEffect(yield* this.simulation.people(policy)) };
    if (replayDays > 0) found.replay = (yield* this.replay.run(policy, replayDays)).map(showDay);
    if (contact !== false) {
      const cases = contact === true ? await this.casesOf(policy) : contact.cases;
      found.contact = yield* this.trial.run(policy, cases);
    }
    await this.drafts.keep(draft, found);
    return found;
  }

  /** The cases that stand in the draft's area. */
  private async casesOf(policy: Draft['policy']): Promise<string[]> {
    const units = await this.simulation.unitsOf(policy);
    const area = new Set<string | null>(units ?? [null]);
    const asked = { units: units ?? [], states: 'open' as const, limit: mostCases };
    const found: string[] = [];
    // A page also holds cases without a unit, so that it may be full and hold none of the area.
    for (let after: string | undefined = ''; after !== undefined && found.length < mostCases;) {
      const page: { id: string; unit: string | null }[] = await this.graph.read('cases/list', { ...asked, after });
      found.push(...page.filter(({ unit }) => area.has(unit)).map(({ id }) => id));
      after = page.length < mostCases ? undefined : page.at(-1)!.id;
    }
    return found.slice(0, mostCases);
  }
}
