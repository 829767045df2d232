import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { loadPolicies } from '../config/policy.js';
import { Vault } from '../config/vault.js';
import { step } from '../graph/graph.js';
import { evidenceOf } from '../graph/subjects.js';
import type { Evidence } from '../src/domain/colour/evidence.js';
import { PolicyBook } from '../src/domain/policy/book.js';
import { WhatIf } from '../src/domain/policy/what-if.js';
import type { Line } from './benches.js';
import type { Stage } from './stage.js';
import { makePeople } from './world.js';

/** People of one measurement for each pair that is asked for; a million is told from these, or measured if so many are. */
const peoplePerPair = 20_000;
const asked = process.env['VETXANH_BENCH_WHAT_IF'];
const peoplePerWrite = 2_000;
const million = 1_000_000;
const budgetSeconds = 30;

const dayMs = 86_400_000;

/**
 * The dry run of a draft as the API runs it: people of an area read from the live graph with their sealed evidence, and
 * their colours under the rules in force and under the draft. A third have two doses, a fifteenth were exposed.
 */
export async function whatIf({ world, pairs }: Stage): Promise<Line[]> {
  const unit = `bench-${newId()}`;
  const people = asked === undefined ? peoplePerPair * pairs : Number(asked);
  await populate(world, unit, people);
  const shipped = loadPolicies();
  const [now, draft] = ['2022-02-762', '2022-04-1909'].map((version) => ({
    ...shipped.find((one) => one.version === version)!,
    area: unit,
    validFrom: 0,
    validTo: null,
  }));
  const versionsOf = (policy: NonNullable<typeof now>) => () => new PolicyBook([policy]).of([unit]);
  const effect = new WhatIf(versionsOf(now!), versionsOf(draft!), systemClock());
  const start = performance.now();
  for (const row of await world.graph.read('policies/known_people', { units: [unit] }))
    effect.add({ verified: row.verified, evidence: [] }, unit, row.without);
  const vault = new Vault(world.secrets);
  for await (const row of world.graph.stream('policies/people_of_units', { units: [unit] }))
    effect.add({ verified: row.verified, evidence: evidenceOf(vault, row) }, unit);
  const seconds = ((performance.now() - start) / 1_000) * (million / people);
  const found = effect.effect();
  if (found.people !== people || found.looser !== Math.ceil(people / 15)) throw new Error(JSON.stringify(found));
  const measured = `${seconds.toFixed(1)} s a million (${people} people measured, ${Math.ceil(people / 3)} with facts)`;
  const question = 'what a draft does, people by people, on the live graph';
  return [
    {
      question,
      against: 'the clock',
      target: `≤ ${budgetSeconds} s a million`,
      measured,
      met: seconds <= budgetSeconds,
    },
  ];
}

/** Writes people of a unit with their facts, as the product keeps them. */
async function populate(world: Stage['world'], unit: string, count: number): Promise<void> {
  const vault = new Vault(world.secrets);
  const atMs = systemClock();
  for (let from = 0; from < count; from += peoplePerWrite) {
    const ids = await makePeople(world, Math.min(peoplePerWrite, count - from), unit);
    const keys = new Map((await world.graph.read('gate/people', { ids })).map(({ id, key }) => [id, key!]));
    const rows = ids.flatMap((person, at) => {
      if ((from + at) % 3 > 0) return [];
      return [1, 2].map((number) => {
        const fact: Evidence = { kind: 'dose', id: newId(), number, course: 2, at: atMs - (300 - number * 30) * dayMs };
        const sealed = vault.sealFor(keys.get(person)!, fact);
        const when = { from: fact.at, until: null, hold: null };
        return { person, id: fact.id, label: 'Dose' as const, kind: 'dose', sealed, print: fact.id, ...when };
      });
    });
    await world.graph.write('status/tell_evidence', { rows, by: 'bench', atMs });
    await expose(
      world,
      ids.filter((_, at) => (from + at) % 15 === 0),
    );
  }
}

async function expose(world: Stage['world'], people: string[]): Promise<void> {
  const { graph } = world;
  const [carrier = ''] = await makePeople(world, 1);
  const [id, at] = [newId(), systemClock() - dayMs];
  const dates = { unit: null, onset: null, sampledAt: at, isolatedAt: null };
  const how = { level: 1, via: 'bench', venue: 'bench', minutes: 60, dose: 1, trust: 1, encounters: '[]' };
  const rows = people.map((person) => ({ person, at, lastAt: at, from: at - 3_600_000, to: at, ...how }));
  await graph.writeAll([
    step('cases/create', { rows: [{ id, person: carrier, ...dates }], atMs: at }),
    step('cases/expose', { id, generation: 0, rows }),
  ]);
}
