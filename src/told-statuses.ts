import type { Redis } from 'ioredis';
import type { Vault } from '../config/vault.js';
import type { Status } from './domain/colour/colour.js';
import { tellReason } from './domain/colour/told.js';
import type { CitizenStatus } from './events.js';
import { bodyField, packPush, pushKept, pushStream, type StatusesNews } from './streams.js';

/** People of one entry of the push stream (DESIGN section 5). */
const peoplePerEntry = 250;

/** A person's colour with what it was computed from; `atMs` is the instant it is told for. */
export interface PersonStatus {
  person: string;
  version: number;
  atMs: number;
  status: Status;
  /** The unit it is told for. */
  unit?: string | null;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A colour as the person hears it. */
export function showToCitizen({ version, atMs, status }: PersonStatus): CitizenStatus {
  const { colour, rule, text, reasons, nextChangeAt } = status;
  return {
    colour,
    rule,
    reasons: reasons.map(tellReason),
    text,
    nextChangeAt: nextChangeAt === null ? null : iso(nextChangeAt),
    version,
    at: iso(atMs),
  };
}

/** What the screens of a person show. */
export interface ToldStatus {
  person: string;
  status: CitizenStatus;
}

/** Tells the sockets of every API process. All entries go in one request, for Redis writes each request to its disk. */
export async function tellStatuses(redis: Redis, vault: Vault, statuses: ToldStatus[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (let at = 0; at < statuses.length; at += peoplePerEntry) {
    const news = packPush([packStatuses(vault, statuses.slice(at, at + peoplePerEntry))]);
    pipeline.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, news);
  }
  for (const [error] of statuses.length ? ((await pipeline.exec()) ?? []) : []) if (error) throw error;
}

/**
 * Puts what people are told into one piece of news, sealed as a whole: it is said once, by the worker, and no API process
 * needs the graph or learns of cases to tell its screens. A line for each person, for a process reads but those of its
 * own screens; JSON never holds a raw line feed.
 */
export const packStatuses = (vault: Vault, statuses: ToldStatus[]): StatusesNews => ({
  push: 'statuses',
  people: statuses.map(({ person }) => person),
  sealed: vault.sealSnapshot(statuses.map(({ status }) => JSON.stringify(status)).join('\n')),
});

/** Takes out what those are told who are asked for. Throws when it was sealed under other secrets. */
export function unpackStatuses(vault: Vault, { people, sealed }: StatusesNews, asked: Set<string>): ToldStatus[] {
  const lines = vault.openSnapshot(sealed).split('\n');
  return people.flatMap((person, at) =>
    asked.has(person) ? [{ person, status: JSON.parse(lines[at]!) as CitizenStatus }] : [],
  );
}
