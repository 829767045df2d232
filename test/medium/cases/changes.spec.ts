import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Vault } from '../../../config/vault.js';
import { newId } from '../../../config/ids.js';
import { step } from '../../../graph/graph.js';
import { traceCase } from '../../../graph/tracing.js';
import { neutralZonedContact } from '../../../src/domain/policy/contact.js';
import { until } from '../../until.js';
import { CaseBench } from './bench.js';

const minute = 60_000;
const day = 1_440 * minute;

let bench: CaseBench;
beforeAll(async () => {
  bench = await CaseBench.open();
});
afterAll(() => bench.close());

/** What may happen to three cases of eight people. */
const change = fc.oneof(
  fc.record({ does: fc.constant('confirm' as const), who: fc.nat(7), onset: fc.nat(5) }),
  fc.record({
    does: fc.constant('amend' as const),
    which: fc.nat(2),
    onset: fc.nat(5),
    isolated: fc.option(fc.nat(6)),
  }),
  fc.record({ does: fc.constant('retract' as const), which: fc.nat(2) }),
);
const stay = fc.record({ who: fc.nat(7), where: fc.nat(2), at: fc.nat(200), long: fc.integer({ min: 1, max: 10 }) });

type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

/** Does something to the cases so far, and waits for none of it. */
async function happen(what: Change, { people, cases, start }: { people: string[]; cases: string[]; start: number }) {
  const atMs = Date.now();
  const dates = { sampledAt: null, isolatedAt: null, unit: null };
  if (what.does === 'confirm') {
    const id = newId();
    const row = { id, person: people[what.who]!, ...dates, onset: start + what.onset * day };
    await bench.graph.writeAll([step('cases/create', { rows: [row], atMs })]);
    cases.push(id);
    return;
  }
  const id = cases[what.which];
  if (id === undefined) return;
  if (what.does === 'retract') {
    await bench.graph.writeAll([step('cases/retract', { id, reason: 'test', atMs })]);
    return;
  }
  const isolatedAt = what.isolated === null ? null : start + what.isolated * day;
  const row = { id, onset: start + what.onset * day, sampledAt: null, isolatedAt };
  await bench.graph.writeAll([step('cases/amend', { rows: [row], atMs })]);
}

/** A worker beside this test may have begun the same case: then whoever began last ends it. */
const traced = (id: string) =>
  until(`case ${id} is traced`, async () => {
    await bench.tracing.trace(id);
    const [known] = await bench.graph.read('cases/by_ids', { ids: [id] });
    return known?.tracedVersion === known?.version;
  });

/** Traces every case as the worker does, then compares what is stored with a fresh computation. */
async function agree(cases: string[]): Promise<void> {
  await bench.graph.write('cases/touch', { ids: cases, atMs: Date.now() });
  await Promise.all(cases.map(traced));
  for (const stored of await bench.graph.read('cases/by_ids', { ids: cases })) {
    const fresh = [];
    const tools = { graph: bench.graph, vault: bench.app.get(Vault), contact: neutralZonedContact };
    if (stored.retractedAt === null) {
      for await (const level of traceCase(stored, tools)) fresh.push(...[...level.parts()].flat());
    }
    const found = await bench.graph.read('cases/exposed', { id: stored.id });
    expect(found.sort(byPerson)).toEqual(fresh.sort(byPerson));
  }
}

const byPerson = (a: { person: string }, b: { person: string }) => (a.person < b.person ? -1 : 1);

describe('whatever happens to cases', () => {
  it('leaves what a fresh computation gives, and nothing once all are retracted', async () => {
    const worlds = fc.tuple(
      fc.array(stay, { minLength: 15, maxLength: 40 }),
      fc.array(change, { minLength: 2, maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(worlds, async ([stays, changes]) => {
        const people = [...(await bench.people(Array.from({ length: 8 }, () => newId()))).values()];
        const [tag, start] = [newId(), Math.floor(Date.now() / minute) * minute - 8 * day];
        await bench.stay(
          stays.map(({ who, where, at, long }) => {
            const from = start + at * 50 * minute;
            return {
              person: people[who]!,
              venue: `${tag}-${where}`,
              zone: '',
              in: from,
              out: from + long * 20 * minute,
              trust: 1,
            };
          }),
        );
        const cases: string[] = [];
        for (const what of changes) {
          await happen(what, { people, cases, start });
          await agree(cases);
        }
        for (const which of cases.keys()) await happen({ does: 'retract', which }, { people, cases, start });
        await agree(cases);
        for (const id of cases) expect(await bench.graph.read('cases/exposed', { id })).toEqual([]);
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});
