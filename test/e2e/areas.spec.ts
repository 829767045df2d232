import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { well } from '../office.js';
import { connectGate } from '../sockets.js';
import { startSystem, vetxanh, type System } from '../system.js';

jest.setTimeout(120_000);

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

/** A file of this test. */
function csv(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

describe('the command line of a running system', () => {
  it('makes an account of staff, who can log in with the password that is printed', async () => {
    const name = `bich-${newId()}`;
    const { code, stdout, stderr } = await vetxanh(system, 'user', 'add', name, '--role', 'tracer');
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${name} may log in as tracer with this password:\n` });
    const body = { username: name, password: stdout.trim() };
    expect(await well(system, 'POST /auth/login', { body, token: '' })).toMatchObject({ roles: ['tracer'] });
    const again = await vetxanh(system, 'user', 'add', name, '--role', 'tracer');
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('an account of this name') });
    const wrong = [
      ['add', name],
      ['add', name, '--role', 'king'],
      ['drop', name],
    ];
    expect(await codesOf('user', wrong)).toEqual([2, 2, 2]);
  });

  it('pairs a gate with a venue and issues a card, which that gate reads', async () => {
    const [venue, person] = [newId(), `visitor-${newId()}`];
    const gate = await vetxanh(system, 'gate', 'add', venue, 'Front');
    expect(gate).toMatchObject({ code: 0, stderr: expect.stringContaining(`The venue ${venue} is new`) });
    const card = await vetxanh(system, 'card', person);
    expect(card).toMatchObject({ code: 0, stderr: expect.stringContaining(`${person} is new`) });
    const socket = await connectGate(system.url, gate.stdout.trim());
    const scan = { scanId: newId(), code: card.stdout.trim(), direction: 'in', scannedAt: new Date().toISOString() };
    expect(await socket.emitWithAck('scan', scan)).toMatchObject({ ok: true, data: { direction: 'in' } });
    socket.disconnect();
    const short = await vetxanh(system, 'card', person, '--kind', 'rotating', '--json');
    const { expiresAt } = JSON.parse(short.stdout) as { expiresAt: string };
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(60_000);
    expect(await vetxanh(system, 'card', 'cccd:079093029317')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody is known as cccd:079093029317'),
    });
    expect(await codesOf('card', [[], [person, '--kind', 'paper']])).toEqual([2, 2]);
    expect(await codesOf('gate', [['add'], ['remove', venue]])).toEqual([2, 2]);
  });

  it('imports stays and people, keeps what it rejects with the reason, and takes the mended rest', async () => {
    const [person, venue] = [newId(), newId()];
    const [from, to] = [3, 2].map((hours) => new Date(Date.now() - hours * 3_600_000).toISOString());
    const header = 'person,venue,zone,in,out';
    const stays = csv('stays.csv', header, `${person},${venue},,${from},${to}`, `${person},${venue},,${to},${from}`);
    const rejects = join(folder, 'rejects.csv');
    const first = await vetxanh(system, 'import', 'stays', stays, '--rejects', rejects);
    expect(first).toMatchObject({
      code: 0,
      stdout: 'rows read 2 = accepted 1 + merged 0 + queued 0 + rejected 1\n',
      stderr: expect.stringMatching(/stays\.csv, row 3, column out: expected .*, got /),
    });
    const kept = readFileSync(rejects, 'utf8').split(/\r?\n/);
    expect(kept[0]).toBe(`${header},rejectedRow,rejectedBecause`);
    expect(kept[1]).toMatch(new RegExp(`^${person},${venue},,${to},${from},3,"?row 3, column out: expected `));
    expect(kept.slice(2)).toEqual(['']);
    writeFileSync(
      rejects,
      [kept[0], kept[1]!.replace(`${to},${from}`, `${to},${new Date().toISOString()}`)].join('\n'),
    );
    const counts = ({ stdout }: { stdout: string }) => stdout.trim();
    const mended = await vetxanh(system, 'import', 'stays', rejects);
    expect(counts(mended)).toBe('rows read 1 = accepted 1 + merged 0 + queued 0 + rejected 0');

    const people = csv(
      'people.csv',
      'person,name,birthDate',
      `${person},Trần Thị Bích,1985-03-04`,
      'x,Ai Đó,yesterday',
    );
    const took = await vetxanh(system, 'import', 'people', people);
    expect(took).toMatchObject({ code: 0, stderr: expect.stringContaining('row 3, column birthDate') });
    expect(counts(took)).toMatch(/^rows read 2 = .* rejected 1$/);
    expect(await vetxanh(system, 'import', 'people', csv('none.csv', 'a,b'))).toMatchObject({ code: 1, stdout: '' });
    const wrong = [['stays'], ['stays', stays, '--rejects', stays], ['secrets', stays], ['stays', 'nowhere.csv']];
    expect(await codesOf('import', wrong)).toEqual([2, 2, 2, 1]);
  });

  it('is told whether all is well, and what to do where it is not', async () => {
    const doctor = await vetxanh(system, 'doctor', '--json');
    const { well: isWell, checks } = JSON.parse(doctor.stdout) as { well: boolean; checks: { name: string }[] };
    expect({ isWell, code: doctor.code }).toEqual({ isWell: true, code: 0 });
    expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['redis', 'neo4j', 'api', 'worker']));
    const away = await vetxanh({ ...system, env: { VETXANH_URL: 'http://127.0.0.1:9', VETXANH_TOKEN: 'x' } }, 'doctor');
    expect(away).toMatchObject({ code: 1, stdout: expect.stringMatching(/^NOT WELL {2}api .*\n +Start the system/m) });
    expect(await codesOf('doctor', [['--please']])).toEqual([2]);
  });
});

/** The exit codes of wrong uses of a command, each with its explanation and nothing on standard output. */
async function codesOf(command: string, uses: string[][]): Promise<number[]> {
  const ends = await Promise.all(uses.map((args) => vetxanh(system, command, ...args)));
  expect(ends.filter(({ stdout, stderr }) => stdout !== '' || stderr === '')).toEqual([]);
  return ends.map(({ code }) => code);
}
