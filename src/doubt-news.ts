import type { Redis } from 'ioredis';
import type { LogEntry } from '../graph/queries/log.js';
import { bodyField, packPush, pushKept, pushStream, type DoubtNews } from './streams.js';

/** Later than this a doubt is read in the lists, not told (assumption): a late upload is nothing to run for. */
const justNowMs = 15 * 60_000;

/** Items of one entry of the stream `push` (DESIGN section 5). */
const itemsPerEntry = 250;

/** The news that officers hear at once. */
export function doubtNews(entries: Pick<LogEntry, Exclude<keyof DoubtNews, 'push' | 'at'> | 'atMs'>[], nowMs: number) {
  return entries
    .filter(({ kind, atMs }) => kind !== 'unread' && atMs >= nowMs - justNowMs)
    .map(({ id, kind, person, venue, gate, unit, atMs }): DoubtNews => {
      return { push: 'doubt', id, kind, person, venue, gate, unit, at: atMs };
    });
}

export async function tellDoubts(redis: Redis, news: DoubtNews[]): Promise<void> {
  for (let at = 0; at < news.length; at += itemsPerEntry) {
    const body = packPush(news.slice(at, at + itemsPerEntry));
    await redis.xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, body);
  }
}
