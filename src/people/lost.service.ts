import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { step } from '../../graph/graph.js';
import { PeopleCards } from './cards.service.js';
import { News } from './news.js';

/** What was lost, and what was done about it. */
export interface Lost {
  signedOut: number;
  revoked: string[];
}

/** A lost phone or card: what it could do ends; whoever lost it logs in again, and gets another card. */
@Injectable()
export class LostThings {
  constructor(
    private readonly news: News,
    private readonly cards: PeopleCards,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Tokens given before an instant die within seconds, open screens at once; its rotating cards within a minute. */
  async phone(person: string, beforeMs = this.now()): Promise<number> {
    const steps = [step('accounts/sign_out', { person, beforeMs }), step('devices/forget_all', { person })];
    const [accounts = []] = await this.news.write(steps, [{ push: 'signed-out', person, beforeMs }]);
    return accounts.length;
  }

  /** Every printed card that is still good; resolves to their ids. */
  async printedCards(person: string): Promise<string[]> {
    const good = (await this.cards.list(person)).filter(({ revokedAt }) => revokedAt === null);
    for (const { id } of good) await this.cards.revoke(id);
    return good.map(({ id }) => id);
  }
}
