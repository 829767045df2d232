import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../config/clock.js';
import { loadEnv } from '../../config/env.js';
import { createLog } from '../../config/log.js';
import { connectRedis } from '../../config/redis.js';
import { loadSecrets } from '../../config/secrets.js';
import { Vault } from '../../config/vault.js';
import { Graph } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { personFields, type PersonFields } from '../../src/domain/identity/person.js';
import { People } from '../../src/people/people.service.js';
import { Registrations } from '../../src/people/registration.service.js';
import { Snapshots } from '../../src/people/snapshots.js';
import { SuggestionsLeft } from '../../src/people/suggestions-left.js';
import { snapshotKey } from '../../src/streams.js';
import { until } from '../until.js';

const env = loadEnv(process.env);
const graph = Graph.connect(env);
const redis = connectRedis(env.REDIS_URL);
const vault = new Vault(loadSecrets(mkdtempSync(join(tmpdir(), 'vetxanh-people-'))));
const snapshots = new Snapshots(redis, { SHARDS: 1 }, createLog('test', 'silent'));
const registrations = new Registrations(graph, vault, snapshots, systemClock);
const people = new People(graph, vault);

/** Values nobody else uses: the graph is shared with other tests. */
const digits = (count: number) => Array.from(randomBytes(count), (byte) => byte % 10).join('');
const aCccd = () => ({ system: 'cccd', value: digits(12) });
const anImport = () => ({ system: 'import', value: randomBytes(8).toString('hex') });
const record = (fields: object): PersonFields => personFields.parse(fields);
const registerOne = async (fields: object) => (await registrations.register([record(fields)], { verified: true }))[0]!;
const personOf = (outcome: object) => (outcome as { person: string }).person;

const source = { verified: true };

/** The pairs of these people who wait to be looked at as one, each in order. */
async function suggestedAmong(people: string[]): Promise<string[][]> {
  const asked = { units: null, state: 'open' as const, kind: 'suggestion' as const, after: '', limit: 10_000 };
  const waiting = (await graph.read('repairs/list', asked)).map((one) => one.people.map(({ id }) => id).sort());
  return waiting.filter((pair) => pair.some((id) => people.includes(id))).sort();
}

beforeAll(async () => {
  await migrate(graph, systemClock());
});
afterAll(async () => {
  redis.disconnect();
  await graph.close();
});

describe('registering people', () => {
  it('makes a new person, who is found again by every identifier and by id', async () => {
    const cccd = aCccd();
    const imported = anImport();
    const made = await registerOne({ name: 'Nguyễn Văn An', birthDate: '1990-01-02', identifiers: [cccd, imported] });
    expect(made).toMatchObject({ outcome: 'created' });

    for (const text of [`cccd:${cccd.value}`, `import:${imported.value}`, imported.value, personOf(made)]) {
      expect(await people.find(text)).toMatchObject([
        { id: personOf(made), version: 1, verified: true, fields: { name: 'Nguyễn Văn An', birthDate: '1990-01-02' } },
      ]);
    }
  });

  it('adds what a second record of the same person tells, and the version rises', async () => {
    const cccd = aCccd();
    const imported = anImport();
    const first = await registerOne({ birthDate: '1990', identifiers: [cccd] });
    const second = await registerOne({ name: 'An', birthDate: '1990-01-02', identifiers: [imported, cccd] });
    expect(second).toEqual({ outcome: 'merged', person: personOf(first) });
    expect(await people.find(imported.value)).toMatchObject([
      { id: personOf(first), version: 2, fields: { name: 'An', birthDate: '1990-01-02' } },
    ]);
  });

  it('the same record again changes nothing', async () => {
    const fields = { name: 'An', identifiers: [aCccd()] };
    const first = await registerOne(fields);
    expect(await registerOne(fields)).toEqual({ outcome: 'unchanged', person: personOf(first) });
    expect(await people.get(personOf(first))).toMatchObject({ version: 1 });
  });

  it('a contradiction is queued once, and changes nobody', async () => {
    const cccd = aCccd();
    const known = await registerOne({ name: 'An', identifiers: [cccd] });
    const told = { name: 'Bình', identifiers: [cccd, anImport()] };
    const conflict = await registerOne(told);
    expect(conflict).toMatchObject({
      outcome: 'conflict',
      repair: expect.stringMatching(/^[0-9a-f]{24}$/),
      reasons: [{ person: personOf(known), found: { verdict: 'mismatched', fields: ['name'] } }],
    });
    expect(await registerOne(told)).toEqual(conflict);
    expect(await people.find(told.identifiers[1]!.value)).toEqual([]);
    expect(await people.get(personOf(known))).toMatchObject({ version: 1, fields: { name: 'An' } });
  });

  it('a contradiction with somebody of the same batch is queued too', async () => {
    const cccd = aCccd();
    const batch = [record({ name: 'An', identifiers: [cccd] }), record({ name: 'Bình', identifiers: [cccd] })];
    const outcomes = await registrations.register(batch, { verified: true });
    expect(outcomes).toMatchObject([{ outcome: 'created' }, { outcome: 'conflict', repair: expect.any(String) }]);
  });

  it('a phone number leads to everybody who shares it, and merges nobody', async () => {
    const phone = `09${digits(8)}`;
    const [a, b] = [await registerOne({ name: 'An', phone }), await registerOne({ name: 'An', phone })];
    const found = await people.find(`phone:${phone}`);
    expect(found.map(({ id }) => id).sort()).toEqual([personOf(a), personOf(b)].sort());
  });

  it('twenty at once with one identifier make one person', async () => {
    const cccd = aCccd();
    const more = Array.from({ length: 20 }, anImport);
    const outcomes = await Promise.all(more.map((one) => registerOne({ identifiers: [cccd, one] })));
    expect(new Set(outcomes.map(personOf)).size).toBe(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    const [person] = await people.find(`cccd:${cccd.value}`);
    expect(person!.version).toBe(20);
    expect(person!.fields.identifiers).toHaveLength(21);
  });

  it('two who may be one wait as a suggestion, also when both are written at the same moment', async () => {
    const twin = () => ({ name: 'Nguyễn Văn An', birthDate: '1990-01-02', phone: `09${digits(8)}` });
    const pairs = Array.from({ length: 20 }, twin);
    const both = (at: number) => registrations.register([record({ ...pairs[at]!, identifiers: [aCccd()] })], source);
    const made = await Promise.all(pairs.flatMap((_, at) => [both(at), both(at)]));
    const people = made.map(([one]) => personOf(one!));
    expect(await suggestedAmong(people)).toEqual(pairs.map((_, at) => people.slice(at * 2, at * 2 + 2).sort()).sort());
  });

  it('somebody learnt of enough at the moment in which another of the same name and phone is made', async () => {
    const known = { name: 'Trần Thị Bình', phone: `09${digits(8)}` };
    const cccd = aCccd();
    const first = personOf(await registerOne({ ...known, identifiers: [cccd] }));
    const [, other] = await Promise.all(
      [cccd, aCccd()].map((one) => registerOne({ ...known, birthDate: '1991-05', identifiers: [one] })),
    );
    expect(await suggestedAmong([first, personOf(other!)])).toEqual([[first, personOf(other!)].sort()]);
  });

  it('those whom a crash left written and not compared are compared afterwards', async () => {
    const fields = { name: 'Lê Thị Chi', birthDate: '1960', phone: `09${digits(8)}` };
    await registerOne({ ...fields, identifiers: [aCccd()] });
    const dying = Object.create(graph) as Graph;
    dying.read = (name, params) =>
      name === 'repairs/alike' ? Promise.reject(new Error('killed')) : graph.read(name, params);
    const told = record({ ...fields, identifiers: [aCccd()] });
    const killed = new Registrations(dying, vault, snapshots, systemClock).register([told], source);
    await expect(killed).rejects.toThrow('killed');
    const both = (await people.find(`phone:${fields.phone}`)).map(({ id }) => id).sort();
    expect([both.length, await suggestedAmong(both)]).toEqual([2, []]);
    // Ten seconds later, when nobody else is about to compare them.
    const left = new SuggestionsLeft(graph, vault, () => systemClock() + 10_000, createLog('test', 'silent'));
    left.onApplicationBootstrap();
    await until('the suggestion', async () => (await suggestedAmong(both)).length > 0);
    left.onApplicationShutdown();
    expect(await suggestedAmong(both)).toEqual([both]);
  });

  it('batches that cross each other leave one person per identifier', async () => {
    const shared = Array.from({ length: 200 }, anImport);
    const batch = () => shared.map((one) => record({ identifiers: [one] })).sort(() => Math.random() - 0.5);
    await Promise.all([1, 2, 3, 4].map(() => registrations.register(batch(), { verified: false })));
    const found = await Promise.all(shared.map(({ value }) => people.find(value)));
    expect(found.map((each) => each.length)).toEqual(shared.map(() => 1));
  });

  it('nothing that can be read lies in the graph', async () => {
    const cccd = aCccd();
    const made = await registerOne({ name: 'Trần Thị Hồng Nhung', birthDate: '1991-03-04', identifiers: [cccd] });
    const stored = JSON.stringify(await graph.read('people/by_id', { id: personOf(made) }));
    for (const secret of ['Nhung', 'nhung', '1991-03', cccd.value]) expect(stored).not.toContain(secret);
  });

  it('forgets what gates were shown of a person who was changed', async () => {
    const cccd = aCccd();
    const made = await registerOne({ identifiers: [cccd] });
    await redis.set(snapshotKey(0, personOf(made)), 'old');
    await registerOne({ name: 'An', identifiers: [cccd] });
    expect(await redis.get(snapshotKey(0, personOf(made)))).toBeNull();
  });
});

describe('people of files', () => {
  it('are made when first seen, once, and told apart by every code unit of their id', async () => {
    const base = anImport().value;
    const accents = ['é'.normalize('NFC'), 'é'.normalize('NFD')].map((letter) => letter + base);
    const values = [base, ` ${base}`, `${base} `, base.toUpperCase(), base, ...accents];
    const first = await registrations.ensureImported(values);
    const again = await registrations.ensureImported(values);
    expect([...first.keys()].sort()).toEqual([...new Set(values)].sort());
    expect(new Set(first.values()).size).toBe(first.size);
    expect(again).toEqual(first);
    expect(await people.find(`import: ${base}`)).toMatchObject([{ id: first.get(` ${base}`), verified: false }]);
  });
});

describe('erasing somebody', () => {
  const by = { by: 'a test', atMs: systemClock() };
  const keyOfPerson = async (id: string) => (await graph.read('people/by_id', { id }))[0]!.key;

  it('is about those alone who were the same person when they were looked at', async () => {
    const made = await Promise.all(['An', 'Bình', 'Chi'].map((name) => registerOne({ name })));
    const [one, other, third] = made.map(personOf) as [string, string, string];
    const link = { merge: randomBytes(8).toString('hex'), reason: '', ...by };
    await graph.write('people/link', { ...link, person: other, into: one });
    expect(await graph.write('people/erase', { ids: [one], ...by })).toEqual([]);
    expect(await graph.write('people/erase', { ids: [one, other, third], ...by })).toEqual([]);
    for (const id of [one, other, third]) expect(await keyOfPerson(id)).not.toBeNull();
    expect(await graph.write('people/erase', { ids: [one, other], ...by })).toHaveLength(2);
    expect(await keyOfPerson(third)).not.toBeNull();
  });
});

describe('a guardian who counts as one person with the child', () => {
  it('is none of their own dependants meanwhile', async () => {
    const [guardian, child] = [await registerOne({ name: 'Đỗ Thị Mẹ' }), await registerOne({ name: 'Đỗ Thị Con' })];
    const [into, person] = [personOf(guardian), personOf(child)];
    const by = { by: 'a test', atMs: systemClock() };
    await graph.write('people/guard', { guardian: into, dependant: person, ...by });
    const listed = async () => (await graph.read('people/dependants', { guardian: into })).map(({ id }) => id);
    const link = { merge: randomBytes(8).toString('hex'), reason: '', ...by };
    await graph.write('people/link', { ...link, person, into });
    expect(await listed()).toEqual([]);
    await graph.write('people/unlink', link);
    expect(await listed()).toEqual([person]);
  });
});
