import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { register } from 'prom-client';
import type { Graph } from '../../../graph/graph.js';
import { WorkerMetrics } from '../../../src/health/worker-metrics.js';
import { aScan, at, someHistory } from '../../domain/stay/world.js';
import { Bench, folded, packed } from './bench.js';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open(100);
});
afterAll(() => bench.close());

describe('facts that flow by', () => {
  it('become the stays that folding all of them gives, in any order, split and repetition, whatever crashes', async () => {
    const history = fc.record({
      history: someHistory,
      order: fc.array(fc.nat(1_000), { minLength: 30, maxLength: 30 }),
      cuts: fc.array(fc.nat(30), { maxLength: 5 }),
      again: fc.array(fc.nat(30), { maxLength: 4 }),
      crashes: fc.array(fc.constantFrom('none', 'before', 'after'), { minLength: 6, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ history: { scans, undone }, order, cuts, again, crashes }) => {
        const own = scans.map(bench.here);
        const crashing = crashingGraph(bench.graph, [...crashes]);
        const shard = await bench.shard(at('23:00'), { graph: crashing });
        const person = shard.person();
        const facts = packed(person, own, undone);
        const shuffled = facts
          .map((fact, i) => ({ fact, key: order[i % order.length]! }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact);
        for (const i of again) if (shuffled[i]) shuffled.push(shuffled[i]);
        const ends = [...new Set([...cuts, shuffled.length])].sort((a, b) => a - b);
        let from = 0;
        for (const end of ends) {
          const part = shuffled.slice(from, end);
          from = Math.max(from, end);
          if (part.length) await shard.append(part);
          await bench.drain(shard);
        }
        expect(await bench.stays(person)).toEqual(folded(own, undone));
      }),
      { numRuns: 25 },
    );
  }, 240_000);

  it('fold once when two workers read the same stream', async () => {
    const shard = await bench.shard();
    const people = Array.from({ length: 20 }, shard.person);
    const [one, other] = [shard.worker(), shard.worker()];
    for (const clock of ['08:00', '09:00', '12:00']) {
      for (const person of people) {
        await shard.append(packed(person, [bench.here(aScan('in', clock, { scanId: `${person}${clock}` }))]));
      }
      await Promise.allSettled([one.beat(), other.beat(), one.beat(), other.beat()]);
    }
    await bench.drain(shard);
    for (const person of people) {
      const scans = ['08:00', '09:00', '12:00'].map((clock) =>
        bench.here(aScan('in', clock, { scanId: `${person}${clock}` })),
      );
      expect(await bench.stays(person)).toEqual(folded(scans));
    }
  });

  it('a scan that arrives a day late refolds what was folded', async () => {
    const shard = await bench.shard(at('23:00', 1));
    const person = shard.person();
    const [early, late] = [bench.here(aScan('in', '08:00')), bench.here(aScan('out', '08:40'))];
    await shard.append(packed(person, [early]));
    await bench.drain(shard);
    await shard.append(packed(person, [late]));
    await bench.drain(shard);
    expect(await bench.stays(person)).toMatchObject([{ in: early.at, out: late.at, assumed: false }]);
  });

  it('scans out of another place count once for their venue and gate, and tell nobody whose phone it was', async () => {
    const shard = await bench.shard();
    const person = shard.person();
    const scans = [
      aScan('in', '10:00'),
      aScan('out', '10:10', { venue: 'unmatched', gate: 'w1' }),
      aScan('out', '10:16', { venue: 'unmatched', gate: `self-${person}` }),
      aScan('in', '08:00', { venue: 'late' }),
    ].map(bench.here);
    for (const scan of [scans[0]!, scans[1]!, scans[2]!, scans[1]!, scans[3]!]) {
      await shard.append(packed(person, [scan]));
      await bench.drain(shard);
    }
    await new WorkerMetrics(shard.tools.redis, Date.now, shard.tools.log).refresh();
    const figures = (await register.metrics()).split('\n').filter((line) => line.includes(scans[1]!.venue));
    expect(figures.sort()).toEqual(
      ['self', 'w1'].map((gate) => `vetxanh_unmatched_outs_total{venue="${scans[1]!.venue}",gate="${gate}"} 1`),
    );
  });

  it('a stay past midnight hangs on both days, once', async () => {
    const shard = await bench.shard(at('06:00', 1));
    const person = shard.person();
    const scans = [
      bench.here(aScan('in', '22:00', { kind: 'hospital', venue: 'H' })),
      bench.here(aScan('out', '23:00', { kind: 'hospital', venue: 'H', at: at('02:00', 1) })),
    ];
    for (const scan of scans) {
      await shard.append(packed(person, [scan]));
      await bench.drain(shard);
    }
    expect(await bench.stays(person)).toEqual(folded(scans));
  });
});

/** A graph that fails before or after it has committed, as told, one fate a write. */
function crashingGraph(real: Graph, fates: string[]): Graph {
  const writeAll: Graph['writeAll'] = async (steps, check) => {
    const fate = fates.shift();
    if (fate === 'before') throw new Error('crashed before the commit');
    const rows = await real.writeAll(steps, check);
    if (fate === 'after') throw new Error('crashed after the commit');
    return rows;
  };
  return new Proxy(real, {
    get: (target, key) => {
      if (key === 'writeAll') return writeAll;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
}
