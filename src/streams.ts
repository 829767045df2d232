import type { ChainableCommander } from 'ioredis';
import { z } from 'zod';

/**
 * What is on its way through Redis: names of streams and keys, and the form of their entries. A key of one person's
 * data carries the hash tag of their shard, so that Redis Cluster keeps it beside the stream of that shard.
 */

/** The part of the people a person belongs to, `0 … shards - 1`: FNV-1a over the id's characters, 32 bits. */
export function shardOf(person: string, shards: number): number {
  if (shards === 1) return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < person.length; i++) hash = Math.imul(hash ^ person.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % shards;
}

/** Scans, and stays kept or dropped by hand, of one shard in the order in which they became durable. */
export const factStream = (shard: number): string => `facts:{p${shard}}`;

/** The end of folding of one person (JSON of `FoldState`), for the direction in a gate's answer; may be missing. */
export const foldKey = (shard: number, person: string): string => `fold:{p${shard}}:${person}`;

/** What gates show of one person (`version|sealed`); may be missing. */
export const snapshotKey = (shard: number, person: string): string => `snap:{p${shard}}:${person}`;

/** When the colours of people with a device change by themselves: a sorted set of people by epoch milliseconds. */
export const wakeKey = (shard: number): string => `wake:{p${shard}}`;

/** Head counts of one shard: a hash of venue to JSON `{zones: {zone: people}}`; rebuilt when its worker starts. */
export const headcountKey = (shard: number): string => `inside:{p${shard}}`;

/** The random id that the holder of an identifier (its keyed hash) has or will have; may be missing. */
export const reservedKey = (identifier: string): string => `id:{${identifier}}`;

/** People met at gates while the graph was away, sealed: a list, oldest first, until they are in the graph. */
export const newcomersKey = 'newcomers';

/** News for the sockets of every API process. */
export const pushStream = 'push';

/** Red cards of the last minutes, sealed, for officers whose socket was away: a stream; may be missing. */
export const redCardsKey = 'red-cards';

/** Entries of the push stream that are kept: more than any process lags behind (assumption). */
export const pushKept = 10_000;

/** The single field of every stream entry. */
export const bodyField = 'b';

/** One fact of one person, as the stream carries it; `line` is one of the packed forms below or of `stay/packed.ts`. */
export interface Fact {
  person: string;
  line: string;
}

/** Facts of one tick in one entry: a line each, `person TAB packed`; JSON never holds a raw tab or line feed. */
export const packFacts = (facts: Fact[]): string => facts.map(({ person, line }) => `${person}\t${line}`).join('\n');

/** Takes an entry apart again. */
export function unpackFacts(body: string): Fact[] {
  return body.split('\n').map((text) => {
    const tab = text.indexOf('\t');
    return { person: text.slice(0, tab), line: text.slice(tab + 1) };
  });
}

/** A stay entered by hand, imported, or amended: kept beside the folded ones (SPEC section 4). */
export interface KeptStay {
  id: string;
  venue: string;
  zone: string;
  in: number;
  out: number;
  trust: number;
}

export const packKeep = (stay: KeptStay): string =>
  JSON.stringify(['k', stay.id, stay.venue, stay.zone, stay.in, stay.out, stay.trust]);

/** A kept stay that is void from now on. */
export const packDrop = (stayId: string): string => JSON.stringify(['d', stayId]);

const kept = z.tuple([z.literal('k'), z.string(), z.string(), z.string(), z.int(), z.int(), z.number()]);
const dropped = z.tuple([z.literal('d'), z.string()]);

/** Reads a `keep` or `drop` line; throws on any other, for the stream is our own. */
export function unpackKept(line: string): { keep: KeptStay } | { drop: string } {
  const parts = z.union([kept, dropped]).parse(JSON.parse(line));
  if (parts[0] === 'd') return { drop: parts[1] };
  const [, id, venue, zone, inMs, outMs, trust] = parts;
  return { keep: { id, venue, zone, in: inMs, out: outMs, trust } };
}

/** The kind of a packed line, told by its first letter. */
export const kindOf = (line: string): string => line[2] ?? '';

/** Orders stream positions (`ms-seq`): negative when `a` comes before `b`. */
export function comparePositions(a: string, b: string): number {
  const [aMs = 0, aSeq = 0] = a.split('-').map(Number);
  const [bMs = 0, bSeq = 0] = b.split('-').map(Number);
  return aMs - bMs || aSeq - bSeq;
}

/** People inside a venue as one shard knows them; a process adds up the shards. */
export interface ShardHeadcount {
  push: 'headcount';
  shard: number;
  venue: string;
  zones: Record<string, number>;
}

/** Colours of people with a device that are others than before, or rest on something else: at most 250 people. */
export interface StatusesNews {
  push: 'statuses';
  people: string[];
  /** What each is told, in the same order (`told-statuses.ts`): reasons are personal data. */
  sealed: string;
}

/** How far a case is: confirmed, amended, traced, taken back. Instants in epoch milliseconds. */
export interface CaseNews {
  push: 'case';
  case: string;
  unit: string | null;
  confirmedAt: number;
  state: 'tracing' | 'traced' | 'retracted' | 'closed';
  /** From 0 to 1. */
  progress: number;
  /** People by level, level 1 first. */
  counts: number[];
}

/** Exposures of a case that are new, other than before, or no more: at most 250 people together. */
export interface ExposureNews {
  push: 'exposures';
  case: string;
  unit: string | null;
  changed: { person: string; level: number; exposedAt: number; minutes: number; dose: number | null }[];
  removed: string[];
}

/** A red card was shown at a gate just now; `unit` is the venue's. */
export interface RedCardNews {
  push: 'red-card';
  person: string;
  venue: string;
  gate: string;
  unit: string | null;
  at: number;
}

/** What is stored of some people or cases is not what their facts give; no differences end the alarm. */
export interface AlarmNews {
  push: 'alarm';
  differences: number;
  /** How many by check. */
  checks: Record<string, number>;
  since: number | null;
  at: number;
}

/** A scan is doubted, or a gate refused a code that nobody should show any more; `unit` is the venue's. */
export interface DoubtNews {
  push: 'doubt';
  id: string;
  kind: string;
  person: string | null;
  venue: string;
  gate: string;
  unit: string | null;
  at: number;
}

/** Somebody telephoned a contact of a case of this unit. */
export interface CalledNews {
  push: 'called';
  person: string;
  unit: string | null;
  at: number;
}

/** What the push stream carries: ids and numbers, and what is personal sealed. */
export type Push =
  | ShardHeadcount
  | StatusesNews
  | CaseNews
  | ExposureNews
  | RedCardNews
  | { push: 'risk'; unit: string; level: number | null; ahead: { level: number; fromMs: number }[]; at: number }
  | AlarmNews
  | DoubtNews
  | CalledNews
  | { push: 'held'; hold: string; unit: string; people: number; at: number }
  | { push: 'headcounts-reset'; shard: number }
  | { push: 'revoked'; cards: string[]; atMs: number }
  | { push: 'gate-removed'; gate: string }
  | { push: 'signed-out'; person: string; beforeMs: number }
  | { push: 'venue-changed'; venue: string };

/** News of one batch in one entry (at most 250 items, DESIGN section 5). */
export const packPush = (news: Push[]): string => JSON.stringify(news);
export const unpackPush = (body: string): Push[] => JSON.parse(body) as Push[];

/** How long Redis keeps what can be made anew of somebody who is not seen (assumption). */
const snapshotSeconds = 86_400;

/** Puts a snapshot `version|sealed` in place of an older one only: what the worker keeps of a version says more. */
const putIfNewer = `
local old = redis.call('GET', KEYS[1])
if old and tonumber(string.match(old, '^%d+')) >= tonumber(string.match(ARGV[1], '^%d+')) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1`;

/** Adds to a pipeline the one call by which Redis takes a snapshot if it is newer than the one it has. */
export function keepSnapshot(pipeline: ChainableCommander, key: string, snapshot: string): void {
  pipeline.eval(putIfNewer, 1, key, snapshot, snapshotSeconds);
}
