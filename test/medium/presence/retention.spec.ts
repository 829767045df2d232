import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../config/clock.js';
import { newId } from '../../../config/ids.js';
import { migrate } from '../../../graph/migrate.js';
import { foldScans } from '../../../src/domain/stay/fold.js';
import { packScan } from '../../../src/domain/stay/packed.js';
import type { Scan } from '../../../src/domain/stay/scan.js';
import { aScan, day, drain, minute, openStreet, rulesAt, scansIn, type Street } from './street.js';

/** Long ago: nothing that other tests need lies before this horizon. */
const t0 = Date.UTC(1990, 0, 1, 2);
const retentionDays = 21;

let street: Street;

beforeAll(async () => {
  street = openStreet('retention', { retentionDays });
  await migrate(street.graph, systemClock());
});
afterAll(() => street.close());

/** Scans in the morning and out at noon on each day. */
const mornings = (venue: string, days: number): Scan[] =>
  Array.from({ length: days }, (_, n) => [
    aScan({ venue, at: t0 + n * day, kind: 'office' }),
    aScan({ venue, at: t0 + n * day + 240 * minute, kind: 'office', direction: 'out' }),
  ]).flat();

const facts = (person: string, scans: Scan[]) => scans.map((scan) => ({ person, line: packScan(scan) }));

/** Beats until a whole run of the retention is over. */
async function forget(worker: { beat: () => Promise<number> }, nowMs: number): Promise<void> {
  street.clock.nowMs = nowMs;
  for (let beats = 0; beats < 12; beats++) await worker.beat();
}

describe('the retention', () => {
  it('forgets scans and stays before the horizon, and folding goes on as if they were there', async () => {
    const [person, venue] = [street.person(), newId()];
    const scans = mornings(venue, 30);
    const late = aScan({ venue: newId(), at: t0 + 25 * day + 300 * minute });
    street.clock.nowMs = t0;
    const worker = street.worker();
    await street.tell(facts(person, scans));
    await drain(worker);
    const horizonMs = t0 + 9 * day + 60 * minute;
    await forget(worker, horizonMs + retentionDays * day);

    expect(scansIn(await street.lines(person)).length).toBeLessThan(scans.length);
    await street.tell(facts(person, [late]));
    await drain(street.worker());
    const all = foldScans([...scans, late], [], rulesAt).stays.map(({ scans: _, ...stay }) => ({
      ...stay,
      kept: false,
    }));
    expect(await street.stays(person)).toEqual(all.filter(({ out }) => out > horizonMs));
  });

  it('forgets nothing of a person who is in their only stay since before the horizon', async () => {
    const [person, venue] = [street.person(), newId()];
    const scan = aScan({ venue, at: t0 + 8 * day - 60 * minute, kind: 'home' });
    street.clock.nowMs = t0;
    const worker = street.worker();
    await street.tell(facts(person, [scan]));
    await drain(worker);
    await forget(worker, t0 + 8 * day + retentionDays * day);
    expect(await street.stays(person)).toMatchObject([{ venue, in: scan.at }]);
    expect(await street.lines(person)).toHaveLength(1);
  });

  it('takes a scan that comes after its time has been forgotten for no stay', async () => {
    const [person, venue] = [street.person(), newId()];
    const scans = mornings(venue, 12);
    street.clock.nowMs = t0;
    const worker = street.worker();
    await street.tell(facts(person, scans));
    await drain(worker);
    const horizonMs = t0 + 9 * day + 600 * minute;
    await forget(worker, horizonMs + retentionDays * day);
    const before = await street.stays(person);
    await street.tell(facts(person, [aScan({ venue: newId(), at: t0 + 60 * minute })]));
    await drain(street.worker());
    expect(await street.stays(person)).toEqual(before);
  });
});
