import { systemClock } from '../config/clock.js';
import { newId } from '../config/ids.js';
import { canonical, loadPolicyFiles } from '../config/policy.js';
import { Vault } from '../config/vault.js';
import { step } from '../graph/graph.js';
import { Tokens } from '../src/auth/tokens.js';
import type { Evidence } from '../src/domain/colour/evidence.js';
import type { Effect } from '../src/domain/policy/what-if.js';
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

/** The rules in force; drafts begin after them. */
const inForceVersion = '2022-02-762';

type Told = Pick<Effect, 'people' | 'looser' | 'changes'>;

/** The drafts that are tried: rules that look at exposures, cases and tests, and rules that ask everybody for doses. */
const trials: { version: string; question: string; isRight: (effect: Told, people: number) => boolean }[] = [
  {
    version: '2022-04-1909',
    question: 'what a draft does, people by people, on the live graph',
    isRight: ({ looser }, people) => looser === exposed(people),
  },
  {
    version: '2021-10-06',
    question: 'what a draft does that asks everybody for doses',
    isRight: ({ changes }, people) => changes.green?.red === people - vaccinated(people),
  },
];

const vaccinated = (people: number): number => Math.ceil(people / 3);
const exposed = (people: number): number => Math.ceil(people / 15);

/**
 * The dry run of a draft as an officer asks for it: over HTTP, with progress, of people of an area read from the live
 * graph with their sealed evidence, and their colours under the rules in force and under the draft. A third have two
 * doses, a fifteenth were exposed.
 */
export async function whatIf(stage: Stage): Promise<Line[]> {
  const { world, pairs } = stage;
  const unit = `bench-${newId()}`;
  const people = asked === undefined ? peoplePerPair * pairs : Number(asked);
  await populate(world, unit, people);
  await seed(world, rulesOf(unit, inForceVersion));
  // Read at its start, so that the rules above are in force there.
  const { url, stop } = await stage.freshApi();
  try {
    const lines: Line[] = [];
    for (const { version, question, isRight } of trials) {
      const ask = () => simulate(world, `${url}/api/v1/policies/drafts`, rulesOf(unit, version));
      // The first answer does not count: what is compiled once would be told for each part of the million.
      await ask();
      const { effect, seconds, told } = await ask();
      if (effect.people !== people || !isRight(effect, people)) throw new Error(JSON.stringify(effect));
      const perMillion = seconds * (million / people);
      const measured = `${perMillion.toFixed(1)} s a million (${people} people, ${vaccinated(people)} with facts, progress told ${told} times)`;
      const target = `≤ ${budgetSeconds} s a million`;
      lines.push({ question, against: 'the clock', target, measured, met: perMillion <= budgetSeconds });
    }
    return lines;
  } finally {
    await stop();
  }
}

/** A policy that ships, as it would be written for one unit, without an end. */
function rulesOf(unit: string, version: string): Record<string, unknown> {
  const { text } = loadPolicyFiles().find(({ policy }) => policy.version === version)!;
  const given = JSON.parse(text) as Record<string, unknown>;
  const validFrom = version === inForceVersion ? '2022-02-21T00:00:00Z' : '2022-04-15T00:00:00Z';
  return { ...given, id: unit, area: unit, validFrom, validTo: null };
}

async function seed({ graph }: Stage['world'], rules: Record<string, unknown>): Promise<void> {
  const key = `${String(rules['id'])}|${String(rules['version'])}`;
  await graph.write('policies/seed', { rows: [{ key, text: canonical(rules) }], atMs: systemClock() });
}

/** Drafts and tries a policy; what it would do, and how long the answer took from the question to its end. */
async function simulate({ secrets }: Stage['world'], drafts: string, rules: Record<string, unknown>) {
  const token = await new Tokens(secrets, systemClock).sign({ id: newId(), kind: 'operator', roles: ['admin'] }, 3_600);
  const ask = async (address: string, body: object, accept: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept };
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  const { id } = JSON.parse(await ask(drafts, rules, 'application/json')) as { id: string };
  const begun = performance.now();
  const lines = (await ask(`${drafts}/${id}/simulate`, {}, 'application/x-ndjson')).trim().split('\n');
  const seconds = (performance.now() - begun) / 1_000;
  const { report } = JSON.parse(lines.at(-1)!) as { report?: { effect: Told } };
  if (!report) throw new Error(lines.at(-1));
  return { effect: report.effect, seconds, told: lines.length - 1 };
}

/** Certificates tell the day of a dose: the first within half a year, the second 3 to 12 weeks after it (assumption). */
const doseAt = (person: number, number: number, today: number): number =>
  today - (290 - (person % 181) - (number - 1) * (21 + (Math.floor(person / 181) % 64))) * dayMs;

/** Writes people of a unit with their facts, as the product keeps them. */
async function populate(world: Stage['world'], unit: string, count: number): Promise<void> {
  const vault = new Vault(world.secrets);
  const atMs = systemClock();
  const today = Math.floor(atMs / dayMs) * dayMs;
  for (let from = 0; from < count; from += peoplePerWrite) {
    const ids = await makePeople(world, Math.min(peoplePerWrite, count - from), unit);
    const keys = new Map((await world.graph.read('gate/people', { ids })).map(({ id, key }) => [id, key!]));
    const rows = ids.flatMap((person, at) => {
      if ((from + at) % 3 > 0) return [];
      return [1, 2].map((number) => {
        const fact: Evidence = { kind: 'dose', id: newId(), number, course: 2, at: doseAt(from + at, number, today) };
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
