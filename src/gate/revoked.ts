import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/clock.js';
import { Graph } from '../../graph/graph.js';

/** Cards that were revoked before they ended by themselves, and when (epoch milliseconds). */
@Injectable()
export class Revoked {
  private cards = new Map<string, number>();

  constructor(
    private readonly graph: Graph,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Reads all of them; what was told meanwhile stays. */
  async load(): Promise<void> {
    const before = this.cards;
    const rows = await this.graph.read('gate/revoked', { atMs: this.now() });
    const read = new Map(rows.map(({ card, revokedAtMs }) => [card, revokedAtMs]));
    for (const [card, atMs] of this.cards) if (!before.has(card)) read.set(card, atMs);
    this.cards = read;
  }

  add(cards: string[], atMs: number): void {
    for (const card of cards) this.cards.set(card, atMs);
  }

  /**
   * Whether a card is refused. What a guard decided while offline stands if the card was still good then; a scan that
   * waits for its answer is refused from the moment the server knows.
   */
  refuses(card: string, scan: { scannedAt: number; decided?: unknown }): boolean {
    const revokedAt = this.cards.get(card);
    if (revokedAt === undefined) return false;
    return scan.decided === undefined || scan.scannedAt >= revokedAt;
  }

  list(): string[] {
    return [...this.cards.keys()];
  }
}
