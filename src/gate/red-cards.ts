import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import type { Scan } from '../domain/stay/scan.js';
import { bodyField, packPush, pushKept, pushStream, type Push } from '../streams.js';

/** Later than this a scan tells nobody where somebody is now, nor what colour they had then (assumption). */
const justNowMs = 5 * 60_000;

/** Items of one entry of the stream `push` (DESIGN section 5). */
const itemsPerEntry = 250;

/** Tells officers of red cards that were shown at a door just now, let in or not. */
@Injectable()
export class RedCards {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Nobody at the door waits for it; officers see the scan in the graph also when this news is lost. */
  tell(red: { person: string; scan: Scan }[]): void {
    const news = red
      .filter(({ scan }) => scan.direction !== 'out' && scan.at >= this.now() - justNowMs)
      .map(({ person, scan: { venue, gate, unit, at } }): Push => ({
        push: 'red-card',
        person,
        venue,
        gate,
        unit,
        at,
      }));
    for (let at = 0; at < news.length; at += itemsPerEntry) {
      const body = packPush(news.slice(at, at + itemsPerEntry));
      this.redis
        .xadd(pushStream, 'MAXLEN', '~', pushKept, '*', bodyField, body)
        .catch((error: Error) => this.log.warn({ fact: 'red-cards-not-told', reason: error.message }));
    }
  }
}
