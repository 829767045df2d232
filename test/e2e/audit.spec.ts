import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { StayTable } from '../../graph/stays/stay-table.js';
import { ContactRule } from '../../src/domain/exposure/contact-rule.js';
import { doseText, inFileOrder } from '../../src/domain/exposure/exposure.js';
import { trace } from '../../src/domain/exposure/trace.js';
import { readEncounter } from '../../src/domain/files/encounters.js';
import { readStay } from '../../src/domain/files/stays.js';
import { neutralZonedContact } from '../../src/domain/policy/contact.js';
import { packScan } from '../../src/domain/stay/packed.js';
import { Facts } from '../../src/people/facts.js';
import { file, Whole } from '../whole.js';

const minute = 60_000;
const day = 1_440 * minute;
const iso = (ms: number) => new Date(ms).toISOString();

let whole: Whole;

beforeAll(async () => {
  whole = await Whole.open();
});
afterAll(() => whole.close());

const call = <T = string>(method: string, path: string, body?: object | string) => whole.call<T>(method, path, body);

const rowsOf = (csv: string) => csv.split(/\r?\n/).filter(Boolean);

/** Rows of a file by the names of its columns. */
function records(csv: string): Record<string, string>[] {
  const [header = '', ...rows] = rowsOf(csv);
  const columns = header.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, at) => [columns[at]!, cell])));
}

/** What `vetxanh trace` gives over what the system exports. */
async function overExports(cases: { id: string; person: string; onset: number }[]): Promise<string[]> {
  const table = new StayTable();
  for (const record of records(await call('GET', 'exports/stays'))) {
    const read = readStay(record);
    if ('stay' in read) table.add(read.stay);
  }
  for (const record of records(await call('GET', 'exports/encounters'))) {
    const read = readEncounter(record);
    if ('encounter' in read) table.addDirect(read.encounter);
  }
  const reads = { stays: table.build(), standing: () => new Map() };
  const rows = [];
  for (const each of cases) {
    const traced = { ...each, sampledAt: null, isolatedAt: null };
    for await (const level of trace(traced, new ContactRule(neutralZonedContact), reads)) rows.push(...level.rows());
  }
  return rows
    .sort(inFileOrder)
    .map((row) =>
      [row.case, row.person, row.level, iso(row.exposedAt), row.via, row.venue, row.minutes, doseText(row.dose)].join(),
    );
}

const tag = newId().slice(0, 8);
const start = Math.floor((Date.now() - 8 * day) / minute) * minute;
const names = Array.from({ length: 60 }, (_, each) => `${tag}-p${each}`);
const cases = [1, 17, 33, 48, 59].map((each, at) => {
  return { id: `${tag}-c${at}`, person: names[each]!, onset: start + (1 + at) * day };
});

function scan(venue: string, at: number, direction: 'in' | 'out'): string {
  const made = { gate: 'g', scanId: newId(), venue, kind: 'shop' as const, unit: null, zone: '' };
  return packScan({ ...made, direction, at, receivedAt: at, trust: 1, decision: 'allow' });
}

describe('what the system has derived', () => {
  it('is what a fresh computation gives, whatever changes and in whatever order', async () => {
    const stays = names.flatMap((person, each) =>
      Array.from({ length: 14 }, (_, at) => {
        const from = start + at * 720 * minute + ((each * 37 + at * 11) % 240) * minute;
        return [person, `${tag}-v${(each * 7 + at * 3) % 6}`, '', from, from + (10 + ((each * at) % 90)) * minute];
      }),
    );
    const half = Math.floor(stays.length / 2);
    const header = ['person', 'venue', 'zone', 'in', 'out'];
    await call('POST', 'imports/stays', file(header, ...stays.slice(0, half)));
    const home = ['household', names[1]!, names[2]!, start + day, start + 2 * day];
    await call('POST', 'imports/encounters', file(['kind', 'personA', 'personB', 'from', 'to'], home));
    const caseRows = cases.map(({ id, person, onset }) => [id, person, iso(onset), '', '']);
    await call('POST', 'imports/cases', file(['case', 'person', 'onset', 'sampledAt', 'isolatedAt'], ...caseRows));
    await call('POST', 'imports/stays', file(header, ...stays.slice(half)));

    const walker = newId();
    const at = Number(stays[20]![3]);
    const lines = [scan(String(stays[20]![1]), at, 'in'), scan(String(stays[20]![1]), at + 50 * minute, 'out')];
    lines.push(scan(String(stays[21]![1]), Number(stays[21]![3]) + minute, 'in'));
    await whole.app.get(Facts).append(lines.map((line) => ({ person: walker, line })));

    const first = await whole.audit();
    expect(first).toMatchObject({ report: { settled: true, differences: 0 }, differences: [] });
    const exposures = rowsOf(await call('GET', 'exports/exposures')).slice(1);
    expect(exposures.length).toBeGreaterThan(30);
    expect(exposures).toEqual(await overExports(cases));
    expect(exposures.some((row) => row.includes('household|'))).toBe(true);

    await call('POST', `cases/${cases[2]!.id}/retract`, { reason: 'mixed up' });
    expect((await whole.audit()).report).toMatchObject({ settled: true, differences: 0 });
    const left = cases.filter((_, each) => each !== 2);
    expect(rowsOf(await call('GET', 'exports/exposures')).slice(1)).toEqual(await overExports(left));
  });

  it('is told apart when somebody writes into the graph by hand', async () => {
    const { graph } = whole;
    const [row] = await graph.read('cases/exposed', { id: cases[0]!.id });
    await graph.write('cases/unexpose', { id: cases[0]!.id, people: [row!.person] });
    const { report, differences } = await whole.audit();
    expect(report.differences).toBe(differences.length);
    expect(differences.filter(({ check }) => check === 'exposures')).toMatchObject([
      { of: `case ${cases[0]!.id}, person ${row!.person}` },
    ]);
    expect(differences.filter(({ of }) => !of.includes(row!.person))).toEqual([]);
    await call('PATCH', `cases/${cases[0]!.id}`, { isolatedAt: null });
    expect((await whole.audit()).report.differences).toBe(0);
  });

  it('is gone once every case is retracted', async () => {
    for (const [at, { id }] of cases.entries()) {
      if (at !== 2) await call('POST', `cases/${id}/retract`, { reason: 'all of them' });
    }
    expect((await whole.audit()).report).toMatchObject({ settled: true, differences: 0 });
    expect(rowsOf(await call('GET', 'exports/exposures'))).toHaveLength(1);
    for (const { id } of cases) expect(await whole.graph.read('cases/exposed', { id })).toEqual([]);
  });
});
