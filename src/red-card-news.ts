import type { Redis } from 'ioredis';
import type { Vault } from '../config/vault.js';
import { bodyField, packPush, pushKept, pushStream, redCardsKey, unpackPush, type RedCardNews } from './streams.js';

/** Officers whose socket was away hear of red cards that are not older than this (assumption). */
export const redCardsKeptMs = 15 * 60_000;

/** Entries that are kept of these minutes: one each for what a process answers at once (assumption). */
const entriesKept = 1_000;

/** Cards of one entry (DESIGN section 5). */
const cardsPerEntry = 250;

/** Tells officers now, and keeps it for a while for those who are away; what is kept is there before it is told. */
export async function tellRedCards(redis: Redis, vault: Vault, cards: RedCardNews[], nowMs: number): Promise<void> {
  if (cards.length === 0) return;
  const pipeline = redis.pipeline();
  for (let at = 0; at < cards.length; at += cardsPerEntry) {
    const body = packPush(cards.slice(at, at + cardsPerEntry));
    pipeline.xadd(redCardsKey, 'MAXLEN', entriesKept, '*', bodyField, vault.sealSnapshot(body));
    pipeline.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, body);
  }
  pipeline.xtrim(redCardsKey, 'MINID', nowMs - redCardsKeptMs);
  pipeline.pexpire(redCardsKey, redCardsKeptMs);
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
}

/** Red cards of the last minutes, newest first; those that were sealed under other secrets are left out. */
export async function recentRedCards(redis: Redis, vault: Vault, nowMs: number): Promise<RedCardNews[]> {
  const entries = await redis.xrevrange(redCardsKey, '+', '-', 'COUNT', entriesKept);
  return entries
    .flatMap(([, [, body = '']]) => opened(vault, body))
    .filter(({ at }) => at >= nowMs - redCardsKeptMs)
    .sort((a, b) => b.at - a.at);
}

function opened(vault: Vault, body: string): RedCardNews[] {
  try {
    return unpackPush(vault.openSnapshot(body)) as RedCardNews[];
  } catch {
    return [];
  }
}
