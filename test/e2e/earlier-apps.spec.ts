import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fileOf, fiveApps, type AppRow } from '../../bench/five-apps.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { sourceNames, sourceOf } from '../../src/domain/identity/sources.js';
import { Whole } from '../whole.js';

jest.setTimeout(3_600_000);

/** How many people the five files tell of; a test of the full size sets TEST_PEOPLE=200000. */
const people = Number(process.env['TEST_PEOPLE'] ?? 2_000);
const tag = Math.floor(Math.random() * 9_600);
const rows = [...fiveApps(people, tag)];

let whole: Whole;

beforeAll(async () => {
  whole = await Whole.open();
});
afterAll(() => whole.close());

const call = <T>(method: string, path: string, body?: object | string) => whole.call<T>(method, path, body);

const keys = ['read', 'accepted', 'merged', 'queued', 'rejected'] as const;
type Counts = Record<(typeof keys)[number], number>;
type Report = Counts & { rejects: { reason: string; column: string }[] };

/** Imports all five files; the sum of their reports, each of which adds up. */
async function importAll(): Promise<Counts & { reasons: string[] }> {
  const total = { read: 0, accepted: 0, merged: 0, queued: 0, rejected: 0, reasons: [] as string[] };
  for (const source of sourceNames) {
    const own = rows.filter((row) => row.source === source);
    const file = Readable.from(Array.from(fileOf(source, own), (text) => Buffer.from(text)));
    const report = await call<Report>('POST', `imports/people?source=${source}`, file);
    expect(report.accepted + report.merged + report.queued + report.rejected).toBe(report.read);
    expect(report.read).toBe(own.length);
    expect(report.rejected).toBe(own.filter(({ planted }) => planted === 'bad').length);
    for (const key of keys) total[key] += report[key];
    total.reasons.push(...report.rejects.map(({ reason, column }) => `${reason} ${column}`));
  }
  return total;
}

/** The person that every row has become, by the id its app gave it; whoever was queued or rejected is not there. */
async function becameOf(all: AppRow[]): Promise<Map<string, string>> {
  const [graph, vault] = [whole.app.get(Graph), whole.app.get(Vault)];
  const became = new Map<string, string>();
  for (let at = 0; at < all.length; at += 5_000) {
    const part = new Map(
      all.slice(at, at + 5_000).map(({ source, id }) => [vault.identifierKey(sourceOf(source).system, id), id]),
    );
    for (const { key, id } of await graph.read('people/ids_by_identifiers', { keys: [...part.keys()] })) {
      became.set(part.get(key)!, id);
    }
  }
  return became;
}

const audit = async () => (await whole.audit({ withinMs: 600_000 })).report;

let first: Map<string, string>;

describe('the files of five earlier apps', () => {
  it('reconcile row by row, and make nobody of two people', async () => {
    const total = await importAll();
    expect(total.read).toBe(rows.length);
    expect(total.accepted).toBeGreaterThanOrEqual(people * 0.9);
    expect(total.merged).toBeGreaterThan(people / 2);
    expect(total.queued).toBeGreaterThan(0);
    expect(total.reasons.every((reason) => /^bad-value \w+$/.test(reason))).toBe(true);
    first = await becameOf(rows);
    const truths = new Map<string, Set<number>>();
    for (const { id, truth, planted } of rows) {
      const person = first.get(id);
      if (person === undefined) expect(planted).not.toBe('plain');
      else truths.set(person, (truths.get(person) ?? new Set()).add(truth));
    }
    expect([...truths.values()].filter((found) => found.size > 1)).toEqual([]);
  });

  it('tell of nobody who is yet to be born, whichever app or register they are of', async () => {
    const nextYear = String(new Date().getUTCFullYear() + 1);
    for (const source of sourceNames) {
      const columns = Object.entries(sourceOf(source).columns);
      const id = columns[0]![0];
      const born = columns.find(([, meaning]) => meaning === 'birthDate')![0];
      const csv = `${id},${born}\nborn-${source}-${tag},${nextYear}\nalive-${source}-${tag},1990\n`;
      const report = await call<Report>('POST', `imports/people?source=${source}`, csv);
      expect(report).toMatchObject({
        ...{ read: 2, accepted: 1, rejected: 1 },
        rejects: [{ column: born, reason: 'in-future', expected: 'a date at or before today' }],
      });
    }
    const csv = `person,birthDate\nborn-${tag},${nextYear}-01-01\n`;
    const rejects = [{ row: 2, column: 'birthDate', reason: 'in-future', got: `"${nextYear}-01-01"` }];
    expect(await call('POST', 'imports/people', csv)).toMatchObject({ read: 1, rejected: 1, rejects });
    const evidence = `person,birthDate,kind,at\nborn-${tag},${nextYear}-01-01,recovery,2026-01-01T00:00:00Z\n`;
    expect(await call('POST', 'imports/evidence', evidence)).toMatchObject({ read: 1, rejected: 1, rejects });
    const body = { name: 'An', birthDate: nextYear };
    await expect(call('POST', 'people', body)).rejects.toThrow(/422 .*"birthDate".*a date at or before today/);
  });

  it('make one person of the rows that share a paper, however their names are written', async () => {
    const papers = rows.filter(({ source, planted }) => source !== 'bluezone' && planted === 'plain');
    const byTruth = new Map<number, Set<string>>();
    for (const { id, truth } of papers) byTruth.set(truth, (byTruth.get(truth) ?? new Set()).add(first.get(id)!));
    expect([...byTruth.values()].filter((found) => found.size > 1)).toEqual([]);
  });

  it('change nothing the second time', async () => {
    const again = await importAll();
    expect(again.accepted).toBe(0);
    expect(await becameOf(rows)).toEqual(first);
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
  });

  it('leave suggestions that are confirmed by a person, and can be undone', async () => {
    type Suggestions = { items: { id: string; people: { id: string; phone: string }[] }[] };
    const { items } = await call<Suggestions>('GET', 'repairs?kind=suggestion&limit=5');
    expect(items.length).toBeGreaterThan(0);
    const [one] = items;
    expect(new Set(one!.people.map(({ phone }) => phone)).size).toBe(1);
    const [into, other] = one!.people.map(({ id }) => id);
    const seen = async () => Promise.all([into, other].map((id) => call<object>('GET', `people/${id}`)));
    const apart = await seen();
    const body = { decision: 'merge', into, reason: 'the same phone, name and birthday' };
    const { merges } = await call<{ merges: string[] }>('POST', `repairs/${one!.id}/decide`, body);
    const [linked, same] = await seen();
    expect(linked).toEqual(same);
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
    await call('POST', `merges/${merges[0]}/undo`, { reason: 'father and son' });
    const without = ({ version: _, ...rest }: { version?: number }) => rest;
    expect((await seen()).map(without)).toEqual(apart.map(without));
    expect(await audit()).toMatchObject({ settled: true, differences: 0 });
  });

  it('leave conflicts with the fields that contradict', async () => {
    type Conflicts = {
      items: { id: string; reasons: { verdict: string; fields?: string[] }[]; record: { name: string } }[];
    };
    const { items } = await call<Conflicts>('GET', 'repairs?kind=conflict&limit=500');
    expect(items.length).toBeGreaterThan(0);
    for (const { reasons, record } of items) {
      expect(record.name).toBeDefined();
      expect(
        reasons.some(({ verdict, fields }) => verdict === 'mismatched' && fields!.length > 0) || reasons.length > 1,
      ).toBe(true);
    }
    await call('POST', `repairs/${items[0]!.id}/decide`, { decision: 'dismiss' });
    await expect(call('POST', `repairs/${items[0]!.id}/decide`, { decision: 'dismiss' })).rejects.toThrow('409');
  });
});
