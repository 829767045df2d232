import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '../../config/ids.js';
import { packScan } from '../../src/domain/stay/packed.js';
import { Facts } from '../../src/people/facts.js';
import type { Fact } from '../../src/streams.js';
import { Whole } from '../whole.js';

/** Audits wait for all that is on its way. */
jest.setTimeout(180_000);

const minute = 60_000;
const day = 1_440 * minute;
const iso = (ms: number) => new Date(ms).toISOString();

let whole: Whole;

// Several shards, so that the facts of linked people have to be forwarded from one to another.
beforeAll(async () => {
  whole = await Whole.open({ SHARDS: '3' });
});
afterAll(() => whole.close());

const call = <T = unknown>(method: string, path: string, body?: object | string) => whole.call<T>(method, path, body);

/** What differs once all that is on its way has arrived. */
async function audit(): Promise<unknown[]> {
  const { report, differences } = await whole.audit();
  expect(report).toMatchObject({ settled: true });
  return differences;
}

const tag = newId().slice(0, 8);
const start = Math.floor((Date.now() - 9 * day) / minute) * minute;
const digits = (of: number, length: number) => String(of).padStart(length, '0');
const serial = Number.parseInt(tag.slice(0, 6), 16) % 1_000_000;

/** Two records of one person, and a third who scanned at once what the two did. */
interface Pair {
  first: string;
  second: string;
  twin: string;
}

let made = 0;
async function person(fields: object): Promise<string> {
  const cccd = `001099${digits((serial + made++ * 7) % 1_000_000, 6)}`;
  const identifiers = [
    { system: 'cccd', value: cccd },
    { system: 'import', value: `${tag}-p${made}` },
  ];
  return (await call<{ id: string }>('POST', 'people', { identifiers, ...fields })).id;
}

/** Scans of a person here and there, in any order, some of them late; a seed gives the same ones again. */
function scansOf(seed: number, person: string, twin: string): Fact[] {
  let state = (seed + 1) * 2_654_435_761;
  const next = (below: number) => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % below;
  return Array.from({ length: 24 }, (_, at) => {
    const scannedAt = start + next(8 * 48) * 30 * minute + next(20) * minute;
    const direction = (['in', 'out', 'auto'] as const)[next(3)]!;
    const scan = { gate: 'g', scanId: `${tag}-${seed}-${at}`, venue: `${tag}-v${next(3)}`, kind: 'shop' as const };
    const line = packScan({
      ...scan,
      unit: null,
      zone: '',
      direction,
      at: scannedAt,
      receivedAt: scannedAt,
      trust: 1,
      decision: 'allow',
    });
    return [person, twin].map((each) => ({ person: each, line }));
  }).flat();
}

interface Stay {
  venue: { id: string };
  in: string;
  out: string;
  assumed: boolean;
  kept: boolean;
  id?: string;
}
const staysOf = async (of: string): Promise<Stay[]> => {
  const { items } = await call<{ items: Stay[] }>('GET', `people/${of}/stays?limit=500`);
  return items;
};
interface Exposed {
  case: string;
  level: number;
  exposedAt: string;
  minutes: number;
  dose: number | null;
}
const exposuresOf = async (of: string): Promise<Exposed[]> => {
  const { items } = await call<{ items: Exposed[] }>('GET', `people/${of}/exposures`);
  return items.map(({ case: id, level, exposedAt, minutes, dose }) => ({ case: id, level, exposedAt, minutes, dose }));
};

/** All that officers see of a person, but for versions and the present moment. */
async function seen(of: string) {
  const { version: _, ...record } = await call<{ version: number; id: string }>('GET', `people/${of}`);
  const { colour, rule, reasons } = await call<Record<string, unknown>>('GET', `people/${of}/status`);
  return { record, status: { colour, rule, reasons }, stays: await staysOf(of), exposures: await exposuresOf(of) };
}

async function makePair(seed: number): Promise<Pair> {
  const [first, second, twin] = [
    await person({ name: `Nguyễn Văn ${tag}`, birthDate: '1990-02-03', phone: '0912345678' }),
    await person({ name: `Nguyen Van ${tag}`, gender: 'male' }),
    await person({}),
  ];
  await whole.app.get(Facts).append([...scansOf(2 * seed, first, twin), ...scansOf(2 * seed + 1, second, twin)]);
  return { first, second, twin };
}

const pairs: Pair[] = [];
const merges: string[] = [];
let before: Awaited<ReturnType<typeof seen>>[] = [];
let keptFile = '';

describe('two people who are one', () => {
  it('are two until somebody says so', async () => {
    for (let seed = 0; seed < 5; seed++) pairs.push(await makePair(seed));
    const rows = pairs.flatMap((_, at) => {
      const from = start + day + at * 7 * minute;
      return [`${tag}-p${at * 3 + 2},${tag}-v0,,${from},${from + 50 * minute}`];
    });
    keptFile = ['person,venue,zone,in,out', ...rows].join('\n');
    await call('POST', 'imports/stays', keptFile);
    for (const at of [0, 1, 2]) {
      const from = start + (1 + at) * day;
      const carrier = `${tag}-carrier${at}`;
      const stays = Array.from({ length: 6 }, (_, each) => {
        const begin = from + each * 180 * minute;
        return `${carrier},${tag}-v${(at + each) % 3},,${begin},${begin + 150 * minute}`;
      });
      await call('POST', 'imports/stays', ['person,venue,zone,in,out', ...stays].join('\n'));
      const row = `${tag}-c${at},${carrier},${iso(from)},,`;
      await call('POST', 'imports/cases', `case,person,onset,sampledAt,isolatedAt\n${row}`);
    }
    const negative = { kind: 'test', test: 'pcr', result: 'negative', sampledAt: iso(start + 8 * day) };
    await call('POST', `people/${pairs[0]!.second}/evidence`, negative);
    await call('POST', 'cases', { person: pairs[1]!.second, onset: iso(start + 3 * day) });
    expect(await audit()).toEqual([]);
    before = await Promise.all(pairs.flatMap(({ first, second }) => [first, second]).map(seen));
    expect(before.filter(({ exposures }) => exposures.length > 0).length).toBeGreaterThan(3);
    expect(before.every(({ stays }) => stays.length > 5)).toBe(true);
  });

  it('fold, are exposed and are coloured as somebody who scanned what both did', async () => {
    for (const { first, second } of pairs) {
      const merged = await call<{ id: string }>('POST', `people/${first}/merges`, {
        person: second,
        reason: 'one card',
      });
      merges.push(merged.id);
    }
    expect(await audit()).toEqual([]);
    for (const [at, { first, second, twin }] of pairs.entries()) {
      const [one, other] = [await staysOf(first), await staysOf(twin)];
      const folded = one.filter(({ kept }) => !kept);
      expect(folded.map(({ in: from, out, venue }) => [from, out, venue.id])).toEqual(
        other.map(({ in: from, out, venue }) => [from, out, venue.id]),
      );
      expect(one.filter(({ kept }) => kept)).toHaveLength(1);
      const record = await call<{ id: string; identifiers: object[]; gender: string }>('GET', `people/${second}`);
      expect(record).toMatchObject({ id: first, gender: 'male', birthDate: '1990-02-03' });
      expect(record.identifiers).toHaveLength(5);
      if (at > 1) expect((await exposuresOf(first)).length).toBeGreaterThanOrEqual((await exposuresOf(twin)).length);
    }
    const status = await call<{ colour: string }>('GET', `people/${pairs[1]!.first}/status`);
    expect(status.colour).toBe('red');
  });

  it('stay one when files and gates know them by either record', async () => {
    const report = await call<{ read: number; merged: number }>('POST', 'imports/stays', keptFile);
    expect(report.merged).toBe(report.read);
    const at = start + 8 * day + 700 * minute;
    const lines = pairs.map(({ second }, each) => ({
      person: second,
      line: packScan({
        ...{ gate: 'g', scanId: `${tag}-late-${each}`, venue: `${tag}-v1`, kind: 'shop', unit: null, zone: '' },
        ...{ direction: 'out', at: at + each, receivedAt: at + each, trust: 1, decision: 'allow' },
      }),
    }));
    await whole.app.get(Facts).append(lines);
    expect(await audit()).toEqual([]);
    for (const [each, { first }] of pairs.entries()) {
      expect((await staysOf(first)).some(({ out }) => out === iso(at + each))).toBe(true);
    }
    await call('POST', `people/${pairs[2]!.first}/merges`, { person: pairs[2]!.second, reason: 'again' }).then(
      () => expect('linked twice').toBe('refused'),
      (error: Error) => expect(error.message).toContain('409'),
    );
    const undo = pairs.map(({ second }, each) => ({ person: second, each }));
    const facts = undo.map(({ person: of, each }) => ({
      person: of,
      line: JSON.stringify(['u', 'g', `${tag}-late-${each}`, at + each, at + each + 1]),
    }));
    await whole.app.get(Facts).append(facts);
  });

  it('are exactly who they were once it is undone', async () => {
    for (const merge of merges) await call('POST', `merges/${merge}/undo`, { reason: 'two people after all' });
    expect(await audit()).toEqual([]);
    const after = await Promise.all(pairs.flatMap(({ first, second }) => [first, second]).map(seen));
    for (const [at, one] of after.entries()) expect(one).toEqual(before[at]);
    const { items } = await call<{ items: object[] }>('GET', `people/${pairs[0]!.first}/merges`);
    expect(items).toMatchObject([
      { into: pairs[0]!.first, joined: pairs[0]!.second, undone: { reason: 'two people after all' } },
    ]);
  });
});
