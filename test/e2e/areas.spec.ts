import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { well } from '../office.js';
import { startSystem, vetxanh, type System } from '../system.js';

let system: System;
const folder = mkdtempSync(join(tmpdir(), 'vetxanh-areas-'));
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system?.stop());

it('the units of Vietnam are printed, imported, and imported again without a change; a reform is a date', async () => {
  const file = join(folder, 'vietnam.csv');
  expect(await vetxanh(system, 'units', '--out', file)).toMatchObject({ code: 0 });
  const report = async () => JSON.parse((await vetxanh(system, 'import', 'units', file, '--json')).stdout) as object;
  expect(await report()).toMatchObject({ read: 10_834, rejected: 0 });
  expect(await report()).toMatchObject({ read: 10_834, accepted: 0, merged: 10_834, rejected: 0 });
  const provinces = async (at: string) =>
    (await well<{ items: { level: string }[] }>(system, `GET /units?parent=VN&at=${at}`)).items.length;
  expect([await provinces('2021-10-01T00:00:00Z'), await provinces('2025-07-01T00:00:00Z')]).toEqual([63, 34]);
}, 240_000);

it('the risk of an area is found and read from the command line', async () => {
  const week = join(folder, 'week.json');
  const share = { fullDosePeople: 0.8, fullDoseAtRisk: 0.95, careReady: 1 };
  const figures = { oxygen: 0, deaths: 0, freeBeds: 60, intensiveBeds: 6, ...share };
  writeFileSync(week, JSON.stringify({ population: 10_000, cases: 0, figures }));
  const low = await vetxanh(system, 'risk', '79', '--assess', week);
  expect(low).toMatchObject({ code: 0, stdout: expect.stringMatching(/^79: level 1 since .* \(found for 79\)\n$/) });
  writeFileSync(week, JSON.stringify({ population: 10_000, cases: 100, figures }));
  const high = await vetxanh(system, 'risk', '79', '--assess', week);
  expect(high.stdout).toMatch(/^79: level 1 since .*\n {2}level 3 from .*\n$/);
  expect((await vetxanh(system, 'risk', '79', '--history')).stdout.split('\n')).toHaveLength(3);
  writeFileSync(week, '{"population": 0}');
  expect(await vetxanh(system, 'risk', '79', '--assess', week)).toMatchObject({ code: 1 });
  expect(await vetxanh(system, 'risk', '79', '--assess', 'nowhere.json')).toMatchObject({ code: 2 });
}, 120_000);
