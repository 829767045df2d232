import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import neo4j from 'neo4j-driver';
import { loadPolicies, stayRulesAt } from '../../config/policy.js';
import { foldScans } from '../../src/domain/stay/fold.js';
import type { Scan } from '../../src/domain/stay/scan.js';
import { gowallaStays, hasRealData, sfhhContacts, staysCsv, staysOfContacts, type RealStay } from '../data/real.js';
import { idOf, well } from '../office.js';
import { startSystem, vetxanh, type System } from '../system.js';

/** `REPLAY_FULL=on` sends the whole conference, a hundred thousand scans; otherwise its newest stays. */
const conferenceStays = process.env['REPLAY_FULL'] === 'on' ? Infinity : 5_000;
const checkIns = 10_000;

/** The conference tells who met, not where: its contacts are spread over so many halls. */
const halls = 50;

const folder = mkdtempSync(join(tmpdir(), 'vetxanh-replay-'));
const file = (name: string) => join(folder, name);

let system: System;
/** Everybody who was replayed here. */
const people = new Set<string>();

/** Runs a command that must succeed; resolves to what it printed. */
async function cli(...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await vetxanh(system, ...args);
  if (code !== 0) throw new Error(`vetxanh ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

interface Report {
  scans: number;
  acknowledged: number;
  rejected: Record<string, number>;
  rate: number;
  p50Ms: number;
  p99Ms: number;
}

/** Replays stays through at least fifty sockets, and keeps what was acknowledged. */
async function replay(name: string, stays: RealStay[]): Promise<Report> {
  writeFileSync(file(`${name}.csv`), staysCsv(stays));
  const options = ['--gates', '50', '--shift-to-now', '--ledger', file(`${name}.ledger.csv`), '--json'];
  return JSON.parse(await cli('replay', file(`${name}.csv`), ...options)) as Report;
}

const rowsOf = (path: string): string[] => readFileSync(path, 'utf8').split(/\r?\n/).filter(Boolean).slice(1);

/** What the acknowledged scans of a ledger fold to, as rows of an export. */
function foldingOf(ledger: string): string[] {
  const scansOf = new Map<string, Scan[]>();
  for (const row of rowsOf(ledger)) {
    const [person = '', venue = '', zone = '', direction, at, scanId = '', gate = '', decision] = row.split(',');
    const where = { gate, venue, zone, kind: 'other' as const, unit: null };
    const when = { at: Number(at), receivedAt: Number(at), scanId, trust: 1 };
    const told = { direction, decision } as Pick<Scan, 'direction' | 'decision'>;
    scansOf.set(person, [...(scansOf.get(person) ?? []), { ...where, ...when, ...told }]);
  }
  const rules = stayRulesAt(loadPolicies());
  const iso = (ms: number) => new Date(ms).toISOString();
  return [...scansOf].flatMap(([person, scans]) =>
    foldScans(scans, [], rules).stays.map((stay) =>
      [person, stay.venue, stay.zone, iso(stay.in), iso(stay.out), stay.trust].join(','),
    ),
  );
}

const exported = async (): Promise<string[]> => {
  await cli('export', 'stays', '--out', file('stays.csv'));
  return rowsOf(file('stays.csv'));
};

/** The rows of these people, sorted: an earlier file may have left others. */
function ofPeople(rows: string[], people: Set<string>): string[] {
  return rows.filter((row) => people.has(row.split(',')[0]!)).sort();
}

interface Case {
  id: string;
  person: string;
  onset: string;
}

function writeCases(cases: Case[]): void {
  const rows = cases.map(({ id, person, onset }) => `${id},${person},${onset},,`);
  writeFileSync(file('cases.csv'), `case,person,onset,sampledAt,isolatedAt\n${rows.join('\n')}\n`);
}

/** People who are tried as cases: those with the most stays, who meet the most (assumption). */
const tried = 300;

/** Of these, the people who as cases would have exposed the most, each taken ill at their middle stay. */
async function mostExposing(many: number): Promise<Case[]> {
  const visits = new Map<string, string[]>();
  for (const row of rowsOf(file('stays.csv'))) {
    const [person = '', , , from = ''] = row.split(',');
    if (people.has(person)) visits.set(person, [...(visits.get(person) ?? []), from]);
  }
  const often = [...visits].sort(([, a], [, b]) => b.length - a.length).slice(0, tried);
  const candidates = often.map(([person, ins]) => {
    return { id: person, person, onset: ins[Math.floor(ins.length / 2)]! };
  });
  writeCases(candidates);
  const inputs = ['--stays', file('stays.csv'), '--cases', file('cases.csv'), '--contact', file('contact.json')];
  await cli('trace', ...inputs, '--out', file('candidates.csv'));
  const exposed = new Map<string, number>();
  for (const row of rowsOf(file('candidates.csv'))) {
    const [id = ''] = row.split(',');
    exposed.set(id, (exposed.get(id) ?? 0) + 1);
  }
  return candidates.sort((a, b) => (exposed.get(b.id) ?? 0) - (exposed.get(a.id) ?? 0)).slice(0, many);
}

/** People whose colours are looked at: those of cases, all whom these expose, and others to fill it up (assumption). */
const looked = 400;

function concerned(chosen: Case[]): string[] {
  const ids = new Set(chosen.map(({ id }) => id));
  const rows = rowsOf(file('candidates.csv')).map((row) => row.split(','));
  const exposed = rows.filter(([id = '']) => ids.has(id)).map(([, person = '']) => person);
  return [...new Set([...chosen.map(({ person }) => person), ...exposed, ...people])].slice(0, looked);
}

/** The colour of each of these internal ids, and the rule that gave it. */
async function coloursOf(ids: string[]): Promise<Map<string, string>> {
  const colours = new Map<string, string>();
  for (let at = 0; at < ids.length; at += 100) {
    const path = `GET /statuses?ids=${ids.slice(at, at + 100).join(',')}`;
    const { items } = await well<{ items: { person: string; colour: string; rule: string }[] }>(system, path);
    for (const { person, colour, rule } of items) colours.set(person, `${colour} ${rule}`);
  }
  return colours;
}

/** How many `EXPOSED` the graph holds, to whatever case. */
async function exposedInGraph(): Promise<number> {
  const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = system.servers;
  const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
  const text = 'MATCH ()-[x:EXPOSED]->() RETURN toFloat(count(x)) AS count';
  const { records } = await driver.executeQuery(text).finally(() => driver.close());
  return records[0]!.get('count') as number;
}

interface Audited {
  settled: boolean;
  differences: number;
}
const audit = async () => JSON.parse(await cli('audit', '--json')) as Audited;

(hasRealData ? describe : describe.skip)('real movements (skipped where ../shared/data is not there)', () => {
  beforeAll(async () => {
    system = await startSystem();
  }, 60_000);
  afterAll(() => system?.stop());

  let cases: string[] = [];
  /** What colour people had before there was any case. */
  let before = new Map<string, string>();

  it('10,000 check-ins of New York: every scan is acknowledged', async () => {
    const stays = await gowallaStays(checkIns);
    for (const { person } of stays) people.add(person);
    const report = await replay('gowalla', stays);
    expect(report).toMatchObject({ scans: 2 * checkIns, acknowledged: 2 * checkIns, rejected: {} });
    process.stdout.write(`  check-ins: ${JSON.stringify(report)}\n`);
  }, 900_000);

  it('a conference: every scan is acknowledged', async () => {
    const stays = staysOfContacts(await sfhhContacts())
      .slice(-conferenceStays)
      .map((stay, at) => ({ ...stay, person: `sfhh-${stay.person}`, venue: `hall-${Math.floor(at / 2) % halls}` }));
    for (const { person } of stays) people.add(person);
    const report = await replay('sfhh', stays);
    expect(report).toMatchObject({ scans: 2 * stays.length, acknowledged: 2 * stays.length, rejected: {} });
    process.stdout.write(`  conference: ${JSON.stringify(report)}\n`);
  }, 600_000);

  it('what is exported is the folding of the acknowledged scans, exactly', async () => {
    const folded = ['gowalla', 'sfhh'].flatMap((name) => foldingOf(file(`${name}.ledger.csv`)));
    const found = ofPeople(await exported(), people);
    expect(found.length).toBeGreaterThan(5_000);
    expect(found).toEqual(folded.sort());
  }, 300_000);

  it('five cases: what the system found is what the rule finds in its export, row for row', async () => {
    writeFileSync(file('contact.json'), '{}');
    const chosen = await mostExposing(5);
    const ids: string[] = [];
    for (const name of concerned(chosen)) ids.push(await idOf(system, name));
    before = await coloursOf(ids);
    expect(before.size).toBe(looked);
    cases = chosen.map((_, at) => `replay-case-${Date.now()}-${at}`);
    writeCases(chosen.map((one, at) => ({ ...one, id: cases[at]! })));
    await cli('import', 'cases', file('cases.csv'));
    await exported();
    await cli('export', 'encounters', '--out', file('encounters.csv'));
    const inputs = ['--stays', file('stays.csv'), '--encounters', file('encounters.csv'), '--cases', file('cases.csv')];
    await cli('trace', ...inputs, '--contact', file('contact.json'), '--out', file('traced.csv'));
    await cli('exposures', '--out', file('exposures.csv'));
    const mine = rowsOf(file('exposures.csv')).filter((row) => cases.includes(row.split(',')[0]!));
    expect(mine.length).toBeGreaterThan(10);
    expect(mine).toEqual(rowsOf(file('traced.csv')));
    process.stdout.write(`  exposures compared: ${mine.length}\n`);
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
    expect(await exposedInGraph()).toBe(mine.length);
    const meanwhile = await coloursOf(ids);
    const changed = ids.filter((id) => meanwhile.get(id) !== before.get(id));
    expect(changed.length).toBeGreaterThan(chosen.length);
    process.stdout.write(`  colours: ${changed.length} of ${ids.length} changed\n`);
  }, 300_000);

  it('the exposures of a case that nobody knows are no empty file but an error', async () => {
    const { stdout, stderr, code } = await vetxanh(system, 'exposures', '--case', 'nobody-knows-this-case');
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toContain('There is no such case.');
  });

  it('all five taken back: no exposure is left, everybody has their old colour, a fresh computation agrees', async () => {
    for (const id of cases) await cli('case', 'retract', id, '--reason', 'end of the test');
    expect(await exposedInGraph()).toBe(0);
    expect(await coloursOf([...before.keys()])).toEqual(before);
    await cli('exposures', '--out', file('exposures.csv'));
    expect(rowsOf(file('exposures.csv')).filter((row) => cases.includes(row.split(',')[0]!))).toEqual([]);
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
  }, 120_000);
});
