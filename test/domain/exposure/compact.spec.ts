import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LiveStays } from '../../../graph/stays/live-stays.js';
import { readSnapshot, writeSnapshot } from '../../../graph/stays/snapshot-file.js';
import { StayTable } from '../../../graph/stays/stay-table.js';
import { atOneGo } from '../../../src/domain/exposure/sliced.js';
import { exposuresOf, inOrder, staysByPerson, written } from './ask.js';
import { world } from './worlds.js';

const numRuns = Number(process.env['WORLDS'] ?? 300) / 3;
const file = join(mkdtempSync(join(tmpdir(), 'vetxanh-compact-')), 'stays.snapshot');

async function throughFile(live: LiveStays): Promise<LiveStays> {
  await writeSnapshot(file, { positions: {}, ...live.parts() });
  const { mass, late } = (await readSnapshot(file))!;
  return new LiveStays(atOneGo(mass), late);
}

describe('stays out of a snapshot', () => {
  it('are those that went in, in the mass and beside it, without whoever has none', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.infiniteStream(fc.nat(2)), async (given, chance) => {
        const next = () => chance.next().value as number;
        const people = [...staysByPerson(given)];
        const table = new StayTable();
        for (const [, stays] of people) for (const stay of stays) if (next() > 0) table.add(stay, stay.facts);
        table.add({ person: 'gone', venue: 'nowhere', zone: '', in: 1, out: 2, trust: 1 });
        const live = new LiveStays(table.build());
        live.tell({ person: 'gone', afterMs: 0, stays: [] });
        live.tell({ person: 'never', afterMs: 0, stays: [] });
        atOneGo(live.merge(-Infinity));
        const late = () => people.forEach(([id, stays]) => live.tell({ person: id, afterMs: -Infinity, stays }));
        if (next() > 0) late();
        const before = live.counts;
        const read = await throughFile(live);
        expect(read.personNumber('gone') ?? read.personNumber('never')).toBeUndefined();
        expect(read.counts.stays).toBe(before.stays);
        for (const [id, stays] of people) read.tell({ person: id, afterMs: -Infinity, stays });
        expect(inOrder((await exposuresOf(given, read)).map(written))).toEqual(
          inOrder((await exposuresOf(given)).map(written)),
        );
      }),
      { numRuns },
    );
  }, 600_000);

  it('ask for new numbers once most stand for nobody', () => {
    const live = new LiveStays();
    const stay = { person: 'a', venue: 'v', zone: '', in: 1, out: 2, trust: 1, facts: {} };
    live.tell({ person: 'a', afterMs: 0, stays: [stay] });
    for (let each = 0; each < 100_000; each++) live.tell({ person: `p${each}`, afterMs: 0, stays: [] });
    atOneGo(live.merge(-Infinity));
    expect(live.wantsNumbers).toBe(false);
    live.tell({ person: 'one more', afterMs: 0, stays: [] });
    atOneGo(live.merge(-Infinity));
    expect(live.wantsNumbers).toBe(true);
  });
});
