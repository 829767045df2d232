import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadEnv } from '../../../config/env.js';
import { Graph } from '../../../graph/graph.js';
import { migrate } from '../../../graph/migrate.js';
import { GraphStays } from '../../../graph/stays/graph-stays.js';
import { knownStays } from '../../../graph/stays/known-stays.js';
import { LiveStays } from '../../../graph/stays/live-stays.js';
import { NamedStays } from '../../../graph/stays/named-stays.js';
import { exposuresOf, inOrder, written } from '../../domain/exposure/ask.js';
import { world } from '../../domain/exposure/worlds.js';
import type { World } from '../../reference/world.js';
import { settle, tracedThrough } from './settled.js';

let graph: Graph;
beforeAll(async () => {
  graph = Graph.connect(loadEnv(process.env));
  await migrate(graph, Date.now());
});
afterAll(() => graph.close());

/** Stays in memory of people who are told of one by one, as the tracer is told of them. */
async function told(people: string[]): Promise<LiveStays> {
  const live = new LiveStays();
  const span = { fromsMs: people.map(() => 0), tosMs: people.map(() => Number.MAX_SAFE_INTEGER) };
  for (const { person, ...columns } of await graph.read('cases/stays_of_people', { people, ...span })) {
    live.tell({ person, afterMs: 0, stays: [...knownStays(columns, () => person)] });
  }
  return live;
}

describe('the readers of the tracer', () => {
  it('give the rows of the files’ reader, out of the graph and out of memory, for any world and every knob of the policy', async () => {
    let exposed = 0;
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const settings = Object.fromEntries(given.stays.map(({ venue }) => [venue, given.settings[venue] ?? 'closed']));
        const known = { ...given, settings } as World;
        const expected = inOrder((await exposuresOf(known)).map(written));
        const settled = await settle(graph, known);
        const overGraph = await tracedThrough(known, settled, (names, of) => new GraphStays({ graph, ...names }, of));
        expect(inOrder(overGraph.map(written))).toEqual(expected);
        const live = await told([...settled.idOf.values()]);
        const inMemory = await tracedThrough(known, settled, (names) => new NamedStays(live, { graph, ...names }));
        expect(inOrder(inMemory.map(written))).toEqual(expected);
        exposed += expected.length;
      }),
      { numRuns: Number(process.env['WORLDS'] ?? 60) },
    );
    expect(exposed).toBeGreaterThan(20);
  }, 300_000);
});
