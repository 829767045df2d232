import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../config/clock.js';
import { loadEnv } from '../../config/env.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { unitRow } from '../../src/units/unit.js';
import { Units } from '../../src/units/units.service.js';

const graph = Graph.connect(loadEnv(process.env));
let atMs = systemClock();
const units = new Units(graph, () => atMs);
const elsewhere = new Units(graph, () => atMs);

/** A small tree of codes that nobody else uses: a province, a district in it, a ward in that. */
const prefix = randomBytes(4).toString('hex');
const [province, district, ward, other] = ['p', 'd', 'w', 'o'].map((each) => `${prefix}-${each}`) as [
  string,
  string,
  string,
  string,
];
const row = (code: string, more: object = {}) => unitRow.parse({ code, name: `Unit ${code}`, ...more });

beforeAll(async () => {
  await migrate(graph, systemClock());
});
afterAll(() => graph.close());

describe('units', () => {
  it('are written in any order, a part before its whole, and once', async () => {
    const rows = [row(ward, { parent: district }), row(district, { parent: province }), row(province), row(other)];
    expect(await units.save(rows)).toEqual(['created', 'created', 'created', 'created']);
    expect(await units.save(rows)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
  });

  it.each([
    ['a unit is within itself', ward, ward, true],
    ['a ward is within its district', ward, district, true],
    ['a ward is within its province', ward, province, true],
    ['a province is not within its ward', province, ward, false],
    ['another province is not within this one', other, province, false],
    ['a unit nobody knows is within itself alone', 'nowhere', province, false],
  ])('%s', async (_, ...[unit, ancestor, within]) => {
    expect(await units.isWithin(unit, ancestor)).toBe(within);
  });

  it('everything within a unit is listed with it', async () => {
    expect((await units.within(province)).sort()).toEqual([district, province, ward]);
    expect((await units.list({ parent: district })).map(({ code }) => code)).toEqual([ward]);
  });

  it('a row that makes a circle is refused and changes nothing', async () => {
    expect(await units.save([row(province, { parent: ward })])).toEqual(['circle']);
    expect(await units.isWithin(district, ward)).toBe(false);
  });

  it('a unit that moved is elsewhere at once here, and within a minute in other processes', async () => {
    expect(await elsewhere.isWithin(ward, province)).toBe(true);
    expect(await units.save([row(ward, { parent: other, level: 'ward', validFrom: '2025-07-01' })])).toEqual([
      'merged',
    ]);
    expect(await units.isWithin(ward, province)).toBe(false);
    expect(await units.isWithin(ward, other)).toBe(true);
    atMs += 60_000;
    expect(await elsewhere.isWithin(ward, other)).toBe(true);
  });

  it('a scope sees what is within it and what has no unit; no scope sees all', async () => {
    expect(await units.mayKnow(undefined, ward)).toBe(true);
    expect(await units.mayKnow(province, undefined)).toBe(true);
    expect(await units.mayKnow(province, district)).toBe(true);
    expect(await units.mayKnow(province, ward)).toBe(false);
  });
});

describe('a row of a file of units', () => {
  it.each([
    ['a part of itself', { parent: 'x' }, 'parent'],
    ['a last day before the first', { validFrom: '2025-07-01', validTo: '2025-06-30' }, 'validTo'],
    ['a day that is none', { validFrom: '2025-02-30' }, 'validFrom'],
    ['no name', { name: ' ' }, 'name'],
    ['a code with a space', { code: 'a b' }, 'code'],
  ])('is refused with %s, and says where', (_, more, path) => {
    const { error } = unitRow.safeParse({ code: 'x', name: 'X', ...more });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  it('takes empty cells for unknown', () => {
    expect(unitRow.parse({ code: 'x', name: 'X', parent: '', level: '', validFrom: '', validTo: '' })).toEqual({
      code: 'x',
      name: 'X',
    });
  });
});
