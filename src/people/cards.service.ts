import { Inject, Injectable } from '@nestjs/common';
import { Cards } from '../../config/cards.js';
import { CLOCK, type Clock } from '../../config/clock.js';
import { newId } from '../../config/ids.js';
import { Graph, step, type RowOf } from '../../graph/graph.js';
import type { CardKind } from '../domain/codes/own-card.js';
import { News } from './news.js';

/** A rotating card lives a minute (SPEC 2.1), a printed one two years (assumption: as long as a lanyard lasts). */
const lifeMs: Record<CardKind, number> = { rotating: 60_000, printed: 2 * 365 * 86_400_000 };

/** A card as whoever asked for it gets it; instants ISO 8601. */
export interface IssuedCard {
  cardId: string;
  code: string;
  issuedAt: string;
  expiresAt: string;
}

/** Own cards: issued, listed, revoked. Only printed ones are remembered, for a rotating one is dead within a minute. */
@Injectable()
export class PeopleCards {
  constructor(
    private readonly graph: Graph,
    private readonly cards: Cards,
    private readonly news: News,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async issue(person: string, kind: CardKind): Promise<IssuedCard> {
    const [issued] = await this.issueAll([person], kind);
    return issued!;
  }

  /** A card for each of some people by internal id, in their order. */
  async issueAll(people: string[], kind: CardKind): Promise<IssuedCard[]> {
    const issuedAt = Math.floor(this.now() / 1_000) * 1_000;
    const expiresAt = issuedAt + lifeMs[kind];
    const cards = people.map((person) => ({ person, card: newId() }));
    if (kind === 'printed') {
      await this.graph.write('people/issue_cards', { cards, kind, issuedAtMs: issuedAt, expiresAtMs: expiresAt });
    }
    return cards.map(({ person, card }) => {
      const code = this.cards.issue({ person, card, kind, issuedAt, expiresAt });
      return { cardId: card, code, issuedAt: iso(issuedAt), expiresAt: iso(expiresAt) };
    });
  }

  async list(person: string) {
    const rows = await this.graph.read('people/cards', { person });
    return rows.map(({ id, kind, issuedAtMs, expiresAtMs, revokedAtMs }) => ({
      id,
      kind,
      issuedAt: iso(issuedAtMs),
      expiresAt: iso(expiresAtMs),
      revokedAt: revokedAtMs === null ? null : iso(revokedAtMs),
    }));
  }

  /** Whose card it is; undefined when no such card was ever printed. */
  async holder(card: string): Promise<RowOf<'people/card_holder'> | undefined> {
    const [found] = await this.graph.read('people/card_holder', { card });
    return found;
  }

  /** Gates hear of it at once. */
  async revoke(card: string): Promise<void> {
    const atMs = this.now();
    await this.news.write([step('people/revoke_card', { card, atMs })], [{ push: 'revoked', cards: [card], atMs }]);
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
