import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../config/ids.js';
import type { Logger } from '../../config/log.js';
import { loadSecrets } from '../../config/secrets.js';
import { Vault } from '../../config/vault.js';
import type { Graph } from '../../graph/graph.js';
import { noteFor } from '../../graph/outbox.js';
import { Policies } from '../../src/policies.js';
import type { Positions } from '../../src/positions.js';
import { packKeep } from '../../src/streams.js';
import type { TraceNews } from '../../src/trace-news.js';
import { Follower } from '../../workers/trace/follower.js';
import { StayKeeper } from '../../workers/trace/stay-keeper.js';
import { Bench, type Shard } from '../medium/presence/bench.js';
import { soloServers } from '../system.js';
import { until } from '../until.js';

const hour = 3_600_000;
const start = Date.now() - 96 * hour;
const quiet = { info: () => undefined, warn: () => undefined, debug: () => undefined } as unknown as Logger;

export let bench: Bench;
export let shard: Shard;
const keepers: StayKeeper[] = [];

/** Opens the servers on which nobody else follows; to be called before all tests. */
export async function openStreet(): Promise<void> {
  Object.assign(process.env, soloServers());
  bench = await Bench.open(0);
  shard = await bench.shard(Date.now());
}

export async function closeStreet(): Promise<void> {
  await Promise.all(keepers.map((keeper) => keeper.stop()));
  await bench.close();
}

/** Stays in memory, as a tracer that begins now reads them; without `memory` there are none. */
export async function keeperOf(memory: boolean): Promise<StayKeeper> {
  const env = { SHARDS: 1, RETENTION_DAYS: 21, DATA_DIR: mkdtempSync(join(tmpdir(), 'vetxanh-follow-')) };
  const STAY_READER = memory ? ('memory' as const) : ('graph' as const);
  const keeper = new StayKeeper(bench.graph, bench.redis, { ...env, STAY_READER }, () => Date.now(), quiet);
  keepers.push(keeper);
  keeper.start();
  if (memory) await until('the stays are in memory', async () => (await keeper.upToNow()).kept !== undefined);
  return keeper;
}

export const folded = async (): Promise<Positions> => {
  const [state] = await bench.graph.read('people/positions', { streams: [shard.stream] });
  return [state?.position ?? '0-0'];
};

export const stay = (person: string, venue: string, fromHour: number, id = newId()) => {
  const from = start + fromHour * hour;
  return { person, line: packKeep({ id, venue, zone: '', in: from, out: from + hour, trust: 1 }) };
};

/** What happens, folded. */
export async function happens(...facts: { person: string; line: string }[]): Promise<void> {
  await shard.append(facts);
  await bench.drain(shard);
}

/** Lan is a case and met Minh in a shop on the first day; Hoa met Minh in an office two days later. */
export async function scene() {
  const [lan, minh, hoa, passer] = [shard.person(), shard.person(), shard.person(), shard.person()];
  const [id, shop, office] = [newId(), newId(), newId()];
  const rows = [lan, minh, hoa, passer].map((person) => {
    return { id: person, key: 'none', sealed: 'none', nameKeys: '', verified: true, unit: null };
  });
  await bench.graph.write('people/create', { rows, atMs: 0 });
  const [lanInShop, minhInShop] = [stay(lan, shop, 0), stay(minh, shop, 0)];
  await happens(lanInShop, minhInShop, stay(minh, office, 48), stay(hoa, office, 48));
  const dates = { onset: start, sampledAt: null, isolatedAt: null, unit: null };
  await bench.graph.write('cases/create', { rows: [{ id, person: lan, ...dates }], atMs: Date.now() });
  const exposure = (person: string, level: number, from: number) => {
    const [at, to] = [start + from * hour, start + (from + 1) * hour];
    const by = { via: level === 1 ? lan : minh, venue: level === 1 ? shop : office };
    return { person, level, at, lastAt: to, ...by, from: at, to, minutes: 60, dose: null, trust: 1, encounters: null };
  };
  const exposures = [exposure(minh, 1, 0), exposure(hoa, 2, 48)];
  await bench.graph.write('cases/expose', { id, generation: 1, rows: exposures });
  await traced(id);
  return { id, lan, minh, hoa, passer, shop, office };
}

/** As the worker leaves a case behind that was traced over what had been folded by some time. */
export async function traced(id: string, since?: Positions): Promise<void> {
  const [stored] = await bench.graph.read('cases/by_ids', { ids: [id] });
  const done = { id, version: stored!.version, counts: [1, 1], closesAt: null, atMs: Date.now() };
  const told = { since: [...(since ?? (await folded()))] };
  await bench.graph.write('cases/finish', { ...done, ...told });
}

export const isDue = async (id: string): Promise<boolean> => {
  const [stored] = await bench.graph.read('cases/by_ids', { ids: [id] });
  return stored!.tracedVersion !== stored!.version;
};

/** Only the case of a test is there, as far as its follower sees. */
function onlyOf(id: string): Graph {
  const read = async (name: string, params: never) => {
    const rows = await bench.graph.read(name as 'cases/traced', params);
    return ['cases/traced', 'cases/settled', 'cases/open_ids'].includes(name)
      ? rows.filter((row) => row.id === id)
      : rows;
  };
  return Object.assign(Object.create(bench.graph) as Graph, { read });
}

/** A process that follows; its clock can be set ahead. */
export function tracer(id: string, keeper: StayKeeper) {
  const told: string[] = [];
  const news = {
    noteFor: (cases: string[]) => noteFor('test', { cases }, Date.now()),
    handOnMarked: async (cases: string[]) => void told.push(...cases),
  } as unknown as TraceNews;
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const vault = new Vault(loadSecrets(mkdtempSync(join(tmpdir(), 'vetxanh-follow-'))));
  const graph = onlyOf(id);
  const policies = new Policies(graph, now, quiet);
  const follower = new Follower({ graph, vault, policies, news, keeper, redis: bench.redis, now });
  /** Follows all there is; resolves to whether the case was touched. */
  const follows = async () => {
    while (await follower.beat());
    return told.splice(0).includes(id);
  };
  return { follower, follows, later: (ms: number) => (aheadMs += ms) };
}
