import { setImmediate as breathe } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Vault } from '../../config/vault.js';
import { Graph, type RowOf } from '../../graph/graph.js';
import { remembered } from '../remembered.js';
import type { Policy } from '../domain/policy/policy.js';
import { WhatIf, type Effect } from '../domain/policy/what-if.js';
import { Policies } from '../policies.js';
import { Simulation, type Progress } from './simulation.js';

const dayMs = 86_400_000;

/** People between two words of progress (assumption). */
const peoplePerBeat = 500;

/** What a draft would have said on days that have passed, from what was known then (SPEC section 6). */
@Injectable()
export class Replay {
  constructor(
    private readonly graph: Graph,
    private readonly vault: Vault,
    private readonly policies: Policies,
    private readonly simulation: Simulation,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** At the hour it is now, on each of the last days, oldest first; the draft as if it had been in force all along. */
  async *run(draft: Policy, days: number): AsyncGenerator<Progress, Effect[]> {
    const units = await this.simulation.unitsOf(draft);
    const nowMs = this.now();
    const versionsOf = await this.policies.versionsOf(units ?? []);
    const supposed = this.policies.supposing({ ...draft, validFrom: nowMs - (days + 1) * dayMs });
    const first = (unit: string | null) => putFirst(supposed(unit), draft);
    const looks = Array.from({ length: days }, (_, at) => new WhatIf(versionsOf, first, nowMs - (days - at) * dayMs));
    const known = await this.graph.read('policies/known_people', {
      ...{ units, kinds: [] },
      looks: looks.map(({ atMs }) => atMs),
    });
    const left = new Map(known.map((group) => [groupOf(group), { ...group }]));
    const total = known.reduce((sum, { people }) => sum + people, 0);
    let done = 0;
    for await (const row of this.graph.stream('policies/histories', { units, fromMs: nowMs - days * dayMs })) {
      this.follow(row, looks, left);
      if (++done % peoplePerBeat > 0) continue;
      yield { part: 'replay', done, total };
      await breathe();
    }
    for (const { unit, verified, missed, people } of left.values()) {
      if (people > 0) for (const look of looks.slice(missed)) look.add({ verified, evidence: [] }, unit, people);
    }
    return looks.map((look) => look.effect());
  }

  /**
   * One person through the days, under what stood on each. Before the first version nothing was learnt of them, and on a
   * day before they came to be known here they are not there.
   */
  private follow(
    { unit, key, since, versions }: RowOf<'policies/histories'>,
    looks: WhatIf[],
    left: Map<string, { people: number }>,
  ): void {
    const open = this.vault.opener(key);
    const stood = versions.map(({ at, sealed }) => ({ at, ...remembered.parse(open(sealed)) }));
    for (const look of looks) {
      const then = stood.findLast(({ at }) => at <= look.atMs);
      if (then || look.atMs >= since)
        look.add(then ?? { verified: stood[0]!.verified, evidence: [] }, then ? then.unit : unit);
    }
    const missed = looks.filter(({ atMs }) => atMs < since).length;
    const group = left.get(groupOf({ unit, verified: stood.at(-1)!.verified, missed }));
    if (group) group.people--;
  }
}

/** People of whom nothing was learnt are numbers: those who look alike on every day. */
const groupOf = ({ unit, verified, missed }: { unit: string | null; verified: boolean; missed: number }): string =>
  `${verified}|${missed}|${unit ?? ''}`;

/** The draft speaks wherever it may speak at all, also where a version in force began later than the days replayed. */
function putFirst(versions: readonly Policy[], { id, version }: Policy): readonly Policy[] {
  const isDraft = (one: Policy) => one.id === id && one.version === version;
  return [...versions.filter(isDraft), ...versions.filter((one) => !isDraft(one))];
}
