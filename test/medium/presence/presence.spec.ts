import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { systemClock } from '../../../config/clock.js';
import { newId } from '../../../config/ids.js';
import type { Graph } from '../../../graph/graph.js';
import { migrate } from '../../../graph/migrate.js';
import { foldScans } from '../../../src/domain/stay/fold.js';
import { packScan, packUndo } from '../../../src/domain/stay/packed.js';
import type { Scan, Undo } from '../../../src/domain/stay/scan.js';
import { packDrop, packKeep } from '../../../src/streams.js';
import { aScan, drain, minute, openStreet, rulesAt, type Street } from './street.js';

let street: Street;
const t0 = Date.now() - 5 * 3_600_000;

beforeAll(async () => {
  street = openStreet('presence');
  await migrate(street.graph, systemClock());
});
afterEach(() => {
  street.clock.nowMs = Date.now();
});
afterAll(() => street.close());

const undoOf = ({ gate, scanId, at }: Scan): Undo => ({ gate, scanId, at, undoneAt: at + 1 });
const fact = (person: string, scan: Scan) => ({ person, line: packScan(scan) });
const undo = (person: string, scan: Scan) => ({ person, line: packUndo(undoOf(scan)) });

/** What folding gives, in the form of stored stays. */
const foldOf = (scans: Scan[], undone: Undo[] = []) =>
  foldScans(scans, undone, rulesAt).stays.map(({ scans: _, ...stay }) => ({ ...stay, kept: false }));

describe('the presence worker', () => {
  it('folds scans into the stays that the rules give, and leaves the end of folding for gates', async () => {
    const [person, venue] = [street.person(), newId()];
    const scans = [
      aScan({ venue, at: t0 }),
      aScan({ venue, at: t0 + 20 * minute, direction: 'out' }),
      aScan({ venue, at: t0 + 60 * minute, direction: 'auto' }),
    ];
    await street.tell(scans.map((scan) => fact(person, scan)));
    await drain(street.worker());
    expect(await street.stays(person)).toEqual(foldOf(scans));
    expect(await street.folded(person)).toEqual(foldScans(scans, [], rulesAt).state);
  });

  it('folds anew when a scan arrives late', async () => {
    const [person, venue, other] = [street.person(), newId(), newId()];
    const [first, late, last] = [
      aScan({ venue, at: t0 }),
      aScan({ venue, at: t0 + 10 * minute, direction: 'out' }),
      aScan({ venue: other, at: t0 + 15 * minute }),
    ];
    const worker = street.worker();
    await street.tell([fact(person, first), fact(person, last)]);
    await drain(worker);
    await street.tell([fact(person, late)]);
    await drain(worker);
    expect(await street.stays(person)).toEqual(foldOf([first, late, last]));
  });

  it('hangs a stay on every local day it touches, also after its end has moved', async () => {
    const [person, venue] = [street.person(), newId()];
    const evening = Date.UTC(2026, 5, 1, 16, 50);
    const scans = [
      aScan({ venue, at: evening, kind: 'restaurant' }),
      aScan({ venue, at: evening + 5 * minute, kind: 'restaurant', direction: 'out' }),
    ];
    const worker = street.worker();
    const daysOf = async () => (await street.graph.read('presence/inside', { atMs: 0 })).length;
    expect(await daysOf()).toBeGreaterThanOrEqual(0);
    for (const scan of scans) {
      await street.tell([fact(person, scan)]);
      await drain(worker);
    }
    expect(await street.stays(person)).toEqual(foldOf(scans));
  });

  it('leaves out a scan whose undo came first', async () => {
    const [person, venue] = [street.person(), newId()];
    const scan = aScan({ venue, at: t0 });
    const worker = street.worker();
    await street.tell([undo(person, scan)]);
    await drain(worker);
    await street.tell([fact(person, scan)]);
    await drain(worker);
    expect(await street.stays(person)).toEqual([]);
  });

  it('keeps a stay once however often it is told, and drops it', async () => {
    const person = street.person();
    const stay = { id: newId(), venue: newId(), zone: 'z', in: t0, out: t0 + minute, trust: 0.8 };
    const { id, ...rest } = stay;
    const worker = street.worker();
    await street.tell([fact(person, aScan({ venue: newId(), at: t0 - 90 * minute }))]);
    for (const trust of [0.5, 0.8]) {
      await street.tell([{ person, line: packKeep({ ...stay, trust }) }]);
      await drain(worker);
    }
    const kept = (await street.stays(person)).filter((one) => one.kept);
    expect(kept).toEqual([{ id, ...rest, assumed: false, open: false, kept: true }]);
    await street.tell([{ person, line: packDrop(id) }]);
    await drain(worker);
    expect((await street.stays(person)).filter((one) => one.kept)).toEqual([]);
  });

  it("keeps two people's stays apart whose gate gave both scans one id", async () => {
    const [an, binh, venue] = [street.person(), street.person(), newId()];
    const scan = aScan({ venue, at: t0 });
    const out = aScan({ venue, at: t0 + minute, direction: 'out' });
    const worker = street.worker();
    await street.tell([fact(an, scan), fact(binh, scan)]);
    await drain(worker);
    await street.tell([fact(an, out)]);
    await drain(worker);
    expect(await street.stays(an)).toEqual(foldOf([scan, out]));
    expect(await street.stays(binh)).toEqual(foldOf([scan]));
  });

  it('goes on behind a fact that cannot be read', async () => {
    const [person, venue] = [street.person(), newId()];
    const scan = aScan({ venue, at: t0 });
    await street.tell([{ person, line: '["s","broken"]' }, fact(person, scan)]);
    await drain(street.worker());
    expect(await street.stays(person)).toEqual(foldOf([scan]));
  });

  it('gives the same stays in any order, with repetitions, in any batches', async () => {
    const venues = [newId(), newId()];
    const anyScan = fc.record({
      venue: fc.constantFrom(...venues),
      zone: fc.constantFrom('', 'a'),
      kind: fc.constantFrom('shop' as const, 'checkpoint' as const),
      direction: fc.constantFrom('in' as const, 'out' as const, 'auto' as const),
      at: fc.integer({ min: 0, max: 180 }).map((minutes) => t0 + minutes * minute),
      decision: fc.constantFrom('allow' as const, 'deny' as const),
      isUndone: fc.boolean(),
    });
    const world = fc.array(anyScan, { minLength: 1, maxLength: 10 }).chain((given) => {
      const scans = given.map(({ isUndone: _, ...scan }, n) => aScan({ ...scan, scanId: `${n}` }));
      const undone = scans.filter((_, n) => given[n]!.isUndone && n % 3 === 0);
      const told = [...scans.map((scan) => ({ scan })), ...undone.map((scan) => ({ scan, undo: true }))];
      const order = fc.shuffledSubarray([...told, ...told.slice(0, 3)], {
        minLength: told.length + Math.min(3, told.length),
      });
      return fc.record({
        scans: fc.constant(scans),
        undone: fc.constant(undone),
        order,
        size: fc.integer({ min: 1, max: 5 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ scans, undone, order, size }) => {
        const [person, worker] = [street.person(), street.worker()];
        for (let at = 0; at < order.length; at += size) {
          const part = order.slice(at, at + size);
          await street.tell(part.map((one) => ('undo' in one ? undo(person, one.scan) : fact(person, one.scan))));
          if (at % 2 === 0) await worker.beat();
        }
        await drain(worker);
        expect(await street.stays(person)).toEqual(expect.arrayContaining(foldOf(scans, undone.map(undoOf))));
        expect(await street.stays(person)).toHaveLength(foldOf(scans, undone.map(undoOf)).length);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a worker that breaks off', () => {
  /** A graph that fails once, before or after it has committed. */
  const failing = (when: 'before' | 'after'): Graph => {
    let failed = false;
    const writeAll: Graph['writeAll'] = async (steps, check) => {
      if (!failed && when === 'before') throw ((failed = true), new Error('cut off before the commit'));
      const rows = await street.graph.writeAll(steps, check);
      if (!failed) throw ((failed = true), new Error('cut off after the commit'));
      return rows;
    };
    return Object.assign(Object.create(street.graph) as Graph, { writeAll });
  };

  it.each(['before' as const, 'after' as const])('loses and doubles nothing %s the commit', async (when) => {
    const [person, venue] = [street.person(), newId()];
    const scans = [aScan({ venue, at: t0 }), aScan({ venue, at: t0 + 10 * minute, direction: 'out' })];
    await street.tell(scans.map((scan) => fact(person, scan)));
    await expect(street.worker({ graph: failing(when) }).beat()).rejects.toThrow('cut off');
    await street.forget(person);
    await drain(street.worker());
    expect(await street.stays(person)).toEqual(foldOf(scans));
    expect(await street.lines(person)).toHaveLength(2);
    expect(await street.folded(person)).toEqual(foldScans(scans, [], rulesAt).state);
  });

  it('loses and doubles nothing while another reads the same shard', async () => {
    const people = Array.from({ length: 20 }, () => street.person());
    const scans = new Map(people.map((person): [string, Scan[]] => [person, []]));
    const workers = [street.worker(), street.worker()];
    const venue = newId();
    for (let round = 0; round < 6; round++) {
      for (const [person, own] of scans) {
        const scan = aScan({ venue, at: t0 + round * 10 * minute, direction: 'auto' });
        own.push(scan);
        await street.tell([fact(person, scan)]);
      }
      await Promise.allSettled(workers.map((worker) => worker.beat()));
    }
    await drain(street.worker());
    for (const [person, own] of scans) {
      expect(await street.stays(person)).toEqual(foldOf(own));
      expect(await street.lines(person)).toHaveLength(own.length);
    }
  });
});

describe('head counts', () => {
  it('count who is there now, until they leave or their assumed end passes', async () => {
    const [an, binh, venue, now] = [street.person(), street.person(), newId(), Date.now()];
    const worker = street.worker();
    await street.tell([
      fact(an, aScan({ venue, at: now - minute, zone: 'hall' })),
      fact(binh, aScan({ venue, at: now - minute, zone: 'hall' })),
    ]);
    await drain(worker);
    expect(await street.inside(venue)).toEqual({ zones: { hall: 2 } });
    await street.tell([fact(an, aScan({ venue, at: now, zone: 'hall', direction: 'out' }))]);
    await drain(worker);
    expect(await street.inside(venue)).toEqual({ zones: { hall: 1 } });
    street.clock.nowMs = now + 40 * minute;
    await worker.beat();
    expect(await street.inside(venue)).toEqual({ zones: {} });
  });

  it('are made anew from the graph when a worker starts', async () => {
    const [an, venue] = [street.person(), newId()];
    await street.tell([fact(an, aScan({ venue, at: Date.now() - minute }))]);
    await drain(street.worker());
    await street.forgetInside();
    await street.worker().beat();
    expect(await street.inside(venue)).toEqual({ zones: { '': 1 } });
  });
});
