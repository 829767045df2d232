import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../config/clock.js';
import { loadEnv } from '../../config/env.js';
import { newId } from '../../config/ids.js';
import { createLog } from '../../config/log.js';
import { connectRedisBlocking } from '../../config/redis.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { brokenAt } from '../../src/read-chain.js';
import { packRead } from '../../src/reads.js';
import { bodyField } from '../../src/streams.js';
import { ReadsChain } from '../../workers/reads/chain.js';

const env = loadEnv(process.env);
const graph = Graph.connect(env);
const redis = connectRedisBlocking(env.REDIS_URL);
const start = { number: 0, hash: '' };

/** A stream and a chain nobody else uses. */
function aChain() {
  const name = newId();
  const stream = `reads-${name}`;
  const open = () => new ReadsChain({ graph, log: createLog('test', 'silent'), reading: redis, stream, name });
  const tell = (people: string[], body?: string) =>
    redis.xadd(stream, '*', bodyField, body ?? packRead({ ...aRead, people, at: Date.now() }));
  const links = () => graph.read('reads/page', { chain: name, after: 0, limit: 10_000 });
  return { name, stream, open, tell, links };
}
const aRead = { who: 'officer', roles: ['tracer'], purpose: 'tracing' as const, case: 'c1', route: 'GET /people/:id' };

async function aPerson(): Promise<string> {
  const id = newId();
  const row = { id, key: 'k', sealed: 's', nameKeys: '', verified: false, unit: null };
  await graph.write('people/create', { rows: [row], atMs: Date.now() });
  return id;
}

beforeAll(async () => {
  await migrate(graph, systemClock());
});
afterAll(async () => {
  redis.disconnect();
  await graph.close();
});

describe('the chain of reads', () => {
  it('holds every read in order, each tied to its people, and the stream is let go', async () => {
    const { open, tell, links, stream } = aChain();
    const [an, binh] = [await aPerson(), await aPerson()];
    for (const people of [[an], [an, binh], ['nobody-here']]) await tell(people);
    expect(await open().beat()).toBe(3);

    const chain = await links();
    expect(chain.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(brokenAt(chain, start)).toBeUndefined();
    expect((await graph.read('reads/of_person', { person: an, limit: 10 })).map(({ who }) => who)).toEqual([
      'officer',
      'officer',
    ]);
    expect(await redis.xlen(stream)).toBeLessThanOrEqual(1);
  });

  it('goes on where it stopped, in another process', async () => {
    const { open, tell, links } = aChain();
    await tell(['a']);
    await open().beat();
    await tell(['b']);
    await open().beat();
    const chain = await links();
    expect(chain).toHaveLength(2);
    expect(brokenAt(chain.slice(1), chain[0]!)).toBeUndefined();
  });

  it('takes every read once when two writers race', async () => {
    const { open, tell, links } = aChain();
    const writers = [open(), open()];
    for (let round = 0; round < 5; round++) {
      for (let n = 0; n < 20; n++) await tell([`p${n}`]);
      await Promise.allSettled(writers.map((writer) => writer.beat()));
    }
    const last = open();
    while ((await last.beat()) > 0);
    const chain = await links();
    expect(chain).toHaveLength(100);
    expect(brokenAt(chain, start)).toBeUndefined();
  });

  it('keeps a damaged entry as it is and goes on', async () => {
    const { open, tell, links } = aChain();
    await tell([], 'not a read');
    await tell(['a']);
    await open().beat();
    const chain = await links();
    expect(chain.map(({ body }) => body.slice(0, 10))).toEqual(['not a read', '{"who":"of']);
    expect(brokenAt(chain, start)).toBeUndefined();
  });

  it.each([
    ['changed', (at: number) => (link: { number: number; body: string }) => link.number === at && { body: 'x' }],
    ['taken out', (at: number) => (link: { number: number }) => link.number === at && { number: -1 }],
  ])('breaks where a read was %s', async (_, harm) => {
    const { open, tell, links } = aChain();
    for (let n = 0; n < 5; n++) await tell([`p${n}`]);
    await open().beat();
    const harmed = (await links()).map((link) => ({ ...link, ...harm(3)(link) })).filter(({ number }) => number > 0);
    expect(brokenAt(harmed, start)).toBe(3);
  });
});
