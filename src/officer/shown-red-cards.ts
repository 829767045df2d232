import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from '../../config/clock.js';
import { REDIS } from '../../config/redis.js';
import { Vault } from '../../config/vault.js';
import type { RedCard } from '../events.js';
import { recentRedCards, redCardsKeptMs } from '../red-card-news.js';
import type { RedCardNews } from '../streams.js';

/** Red cards that an answer to `watch` holds at most (assumption). */
const mostShown = 200;

/** Red cards that are remembered as told: more than are kept of the last minutes in any ordinary hour (assumption). */
const toldRemembered = 50_000;

/** The red cards of the last minutes: what a screen that was away has missed. */
@Injectable()
export class ShownRedCards {
  /** What this process has told its sockets. */
  private readonly told = new LRUCache<string, true>({ max: toldRemembered, ttl: 2 * redCardsKeptMs });

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Those shown at places of these units, or of all (null), newest first; no units see none. */
  async of(units: string[] | null): Promise<RedCard[]> {
    if (units?.length === 0) return [];
    const within = units && new Set(units);
    const cards = await recentRedCards(this.redis, this.vault, this.now());
    const seen = cards.filter(({ unit }) => !within || unit === null || within.has(unit));
    return seen.slice(0, mostShown).map(showRedCard);
  }

  /** Those that the news did not bring, oldest first. */
  async missed(): Promise<RedCardNews[]> {
    const cards = await recentRedCards(this.redis, this.vault, this.now());
    return cards.reverse().filter((card) => this.isNew(card));
  }

  /** Whether this card was not told yet; from now on it was. */
  isNew({ person, gate, at }: RedCardNews): boolean {
    const key = `${person} ${gate} ${at}`;
    if (this.told.has(key)) return false;
    this.told.set(key, true);
    return true;
  }
}

export const showRedCard = ({ push: _, at, ...card }: RedCardNews): RedCard => {
  return { ...card, at: new Date(at).toISOString() };
};
