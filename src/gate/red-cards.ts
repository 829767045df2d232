import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, type Clock } from '../../config/clock.js';
import { LOG, type Logger } from '../../config/log.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import type { Scan } from '../domain/stay/scan.js';
import { tellRedCards } from '../red-card-news.js';
import type { RedCardNews } from '../streams.js';

/** Later than this a scan tells nobody where somebody is now, nor what colour they had then (assumption). */
const justNowMs = 5 * 60_000;

/** Tells officers of red cards that were shown at a door just now, let in or not. */
@Injectable()
export class RedCards {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Nobody at the door waits for it; officers see the scan in the graph also when this news is lost. */
  tell(red: { person: string; scan: Scan }[]): void {
    const nowMs = this.now();
    const news = red
      .filter(({ scan }) => scan.direction !== 'out' && scan.at >= nowMs - justNowMs)
      .map(({ person, scan: { venue, gate, unit, at } }): RedCardNews => {
        return { push: 'red-card', person, venue, gate, unit, at };
      });
    tellRedCards(this.redis, this.vault, news, nowMs).catch((error: Error) =>
      this.log.warn({ fact: 'red-cards-not-told', reason: error.message }),
    );
  }
}
