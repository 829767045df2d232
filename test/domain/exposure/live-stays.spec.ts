import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LiveStays, type KnownStay } from '../../../graph/stays/live-stays.js';
import { StayTable } from '../../../graph/stays/stay-table.js';
import { atOneGo } from '../../../src/domain/exposure/sliced.js';
import type { StayColumns } from '../../../src/domain/exposure/stay-columns.js';
import { exposuresOf, inOrder, staysByPerson, written } from './ask.js';
import { world } from './worlds.js';

const numRuns = Number(process.env['WORLDS'] ?? 300);

/** What happens to one person's stays until all is as the world says. */
const history = fc.array(
  fc.record({
    person: fc.nat(7),
    /** Which of the person's stays are there, by the bits; the last telling has all. */
    there: fc.nat(),
    /** Whether the trusts are the wrong ones for now. */
    unsure: fc.boolean(),
    then: fc.constantFrom('nothing', 'nothing', 'merge', 'begin', 'end'),
  }),
  { maxLength: 20 },
);

function merged(live: LiveStays, horizonMs: number): StayColumns {
  atOneGo(live.merge(horizonMs));
  return live.parts().mass.stays;
}

describe('live stays', () => {
  it('answer as those that were read at once, whatever changed on the way and whenever that was merged', async () => {
    await fc.assert(
      fc.asyncProperty(world, history, fc.boolean(), async (given, steps, startsFull) => {
        const people = [...staysByPerson(given)];
        const table = new StayTable();
        if (startsFull) for (const [, stays] of people) for (const stay of stays) table.add(stay, stay.facts);
        const live = new LiveStays(table.build());
        let merge: Generator<void, void> | undefined;
        const slice = () => merge?.next().done && (merge = undefined);
        for (const { person, there, unsure, then } of steps) {
          const [id, stays] = people[person % Math.max(people.length, 1)] ?? ['nobody', []];
          const some = stays.filter((_, at) => (there >> at) & 1);
          const told = some.map((stay) => (unsure ? { ...stay, trust: stay.trust / 2 } : stay));
          live.tell({ person: id, afterMs: -Infinity, stays: told });
          if (then === 'begin') merge ??= live.merge(-Infinity);
          if (then === 'end' || then === 'merge') while (merge) slice();
          if (then === 'merge') atOneGo(live.merge(-Infinity));
          slice();
        }
        for (const [id, stays] of people) live.tell({ person: id, afterMs: -Infinity, stays });
        while (merge) slice();
        expect(inOrder((await exposuresOf(given, live)).map(written))).toEqual(
          inOrder((await exposuresOf(given)).map(written)),
        );
      }),
      { numRuns },
    );
  }, 600_000);

  it('keep what ended before the instant from which somebody is told of', async () => {
    const live = new LiveStays();
    const stay = (from: number, to: number): KnownStay => {
      return { person: 'a', venue: 'v', zone: '', in: from, out: to, trust: 1, facts: {} };
    };
    live.tell({ person: 'a', afterMs: -Infinity, stays: [stay(0, 10), stay(20, 30)] });
    live.tell({ person: 'a', afterMs: 15, stays: [stay(20, 25)] });
    const all = merged(live, -Infinity);
    expect([all.count, all.to(0), all.to(1)]).toEqual([2, 10, 25]);
  });

  it('tell of nobody what ended by the horizon, before that is merged away too', () => {
    const live = new LiveStays();
    const stay = (from: number): KnownStay => {
      return { person: 'a', venue: 'v', zone: '', in: from, out: from + 10, trust: 1, facts: {} };
    };
    live.tell({ person: 'a', afterMs: -Infinity, stays: [stay(0), stay(20)] });
    atOneGo(live.merge(-Infinity));
    live.tell({ person: 'a', afterMs: -Infinity, stays: [stay(0), stay(2), stay(20), stay(25)] });
    const from = () =>
      live
        .staysOf([{ person: 0, from: -Infinity, to: Infinity }])
        .flatMap(({ stays, stay }) => Array.from(stay, (each) => stays.from(each)));
    expect(from()).toEqual([0, 20, 2, 25]);
    live.expire(12);
    expect(from()).toEqual([20, 25]);
    live.expire(11);
    expect(from()).toEqual([20, 2, 25]);
  });

  it('lose what ended by the horizon when they are merged', () => {
    const live = new LiveStays();
    const stays = [0, 20].map((from): KnownStay => {
      return { person: 'a', venue: 'v', zone: '', in: from, out: from + 10, trust: 1, facts: {} };
    });
    live.tell({ person: 'a', afterMs: -Infinity, stays });
    expect(merged(live, 10).count).toBe(1);
  });
});
