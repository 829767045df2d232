import { setImmediate as breathe } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { evidenceOf } from '../../graph/subjects.js';
import type { Policy } from '../domain/policy/policy.js';
import { WhatIf, type Effect } from '../domain/policy/what-if.js';
import { Policies } from '../policies.js';
import { Units } from '../units/units.service.js';

/** People between two words of progress; the process answers others in between (assumption). */
const peoplePerBeat = 2_000;

/** How far a dry run is. */
export interface Progress {
  part: 'people' | 'replay' | 'contact';
  done: number;
  total: number;
}

/** The dry run of a draft on the live graph (SPEC section 6): who would go from which colour to which. */
@Injectable()
export class Simulation {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    private readonly units: Units,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The units a policy would speak for; null for people without a unit. */
  async unitsOf({ area }: Pick<Policy, 'area'>): Promise<string[] | null> {
    return area === null ? null : this.units.within(area);
  }

  /**
   * Everybody the draft would speak for, at the instant at which it would begin, or now where that has passed: what the
   * versions in force then would say without it and with it. Nothing is kept. Facts that no rule looks at are not read:
   * where rules ask for exposures and tests, whoever was only vaccinated is a number.
   */
  async *people(draft: Policy): AsyncGenerator<Progress, Effect> {
    const units = await this.unitsOf(draft);
    const versionsOf = await this.policies.versionsOf(units ?? []);
    const whatIf = new WhatIf(versionsOf, this.policies.supposing(draft), Math.max(this.now(), draft.validFrom));
    const asked = { units, kinds: whatIf.kinds(units ?? [null]) };
    let [done, total] = [0, 0];
    for (const { unit, verified, people, without } of await this.graph.read('policies/known_people', {
      ...asked,
      looks: [],
    })) {
      total += people;
      done += without;
      if (without > 0) whatIf.add({ verified, evidence: [] }, unit, without);
    }
    yield { part: 'people', done, total };
    for await (const row of this.graph.stream('policies/people_of_units', asked)) {
      whatIf.add({ verified: row.verified, evidence: evidenceOf(this.vault, row) }, row.unit);
      if (++done % peoplePerBeat > 0) continue;
      yield { part: 'people', done, total: Math.max(total, done) };
      await breathe();
    }
    return whatIf.effect();
  }
}
