import type { Redis } from 'ioredis';
import { gateShown } from './domain/stay/scan.js';

/**
 * What workers say of themselves in Redis, for metrics, officers and the command line: ids and numbers only. It can be
 * lost: a worker writes it again.
 */

/** What the audits of all day have found so far. */
export interface AuditState {
  /** When the last one ended, epoch milliseconds; null before the first. */
  at: number | null;
  /** People and cases looked at since the first, by check. */
  looked: Record<string, number>;
  /** People and cases that were stored otherwise than their facts give, and still are. */
  open: { check: string; subject: string }[];
  /** Since when there are any; null while there are none. */
  since: number | null;
}

const auditKey = 'worker-state:audit';

export async function readAuditState(redis: Redis): Promise<AuditState> {
  const text = await redis.get(auditKey);
  return text === null ? { at: null, looked: {}, open: [], since: null } : (JSON.parse(text) as AuditState);
}

export async function writeAuditState(redis: Redis, state: AuditState): Promise<void> {
  await redis.set(auditKey, JSON.stringify(state));
}

/** How many people and cases differ, by check. */
export function byCheck({ open }: AuditState): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { check } of open) counts[check] = (counts[check] ?? 0) + 1;
  return counts;
}

/** How far the reader of stays of one worker is (DESIGN section 4). */
export interface ReaderState {
  reader: 'memory' | 'graph';
  /** Whether cases are traced over it; until then they are traced over the graph, with the same rows. */
  ready: boolean;
  /** Where its stays come from; null while nothing is read, and for the graph reader. */
  from: 'snapshot' | 'graph' | null;
  /** Stays it has. */
  stays: number;
  /** Stays it will have, as far as that is known. */
  expected: number | null;
  /** Memory of its columns. */
  bytes: number;
  /** When this was so, epoch milliseconds. */
  at: number;
}

const readersKey = 'worker-state:readers';

/** A worker that has said nothing for so long is gone (assumption): it speaks every five seconds. */
const goneAfterMs = 20_000;

/** The readers of all workers that run, by worker. */
export async function readReaders(redis: Redis, nowMs: number): Promise<Map<string, ReaderState>> {
  const all = Object.entries(await redis.hgetall(readersKey));
  const read = all.map(([worker, text]) => [worker, JSON.parse(text) as ReaderState] as const);
  const gone = read.filter(([, { at }]) => nowMs - at >= goneAfterMs).map(([worker]) => worker);
  if (gone.length) await redis.hdel(readersKey, ...gone);
  return new Map(read.filter(([worker]) => !gone.includes(worker)));
}

export async function writeReader(redis: Redis, worker: string, state: ReaderState): Promise<void> {
  await redis.hset(readersKey, worker, JSON.stringify(state));
}

export async function forgetReader(redis: Redis, worker: string): Promise<void> {
  await redis.hdel(readersKey, worker);
}

const unmatchedKey = 'worker-state:unmatched';

/** Scans out of a place the person was not in, since counting began; `gate` is `self` for who checks themselves out. */
export interface UnmatchedCount {
  venue: string;
  gate: string;
  scans: number;
}

/** Counts scans that were found unmatched (SPEC 4, rule 4); a crash before this loses those of one batch. */
export async function countUnmatched(redis: Redis, scans: { venue: string; gate: string }[]): Promise<void> {
  const fields = scans.map(({ venue, gate }) => JSON.stringify([venue, gateShown(gate)]));
  await Promise.all(fields.map((field) => redis.hincrby(unmatchedKey, field, 1)));
}

export async function readUnmatched(redis: Redis): Promise<UnmatchedCount[]> {
  return Object.entries(await redis.hgetall(unmatchedKey)).map(([key, count]) => {
    const [venue, gate] = JSON.parse(key) as [string, string];
    return { venue, gate, scans: Number(count) };
  });
}
