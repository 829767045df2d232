import { readOwnCard } from '../../src/domain/codes/own-card.js';

/** Cards that are remembered: a busy day at one door (assumption). */
const most = 20_000;

/** Whose card came in at this gate and has not gone out, so that `automatic` works while nobody answers. */
export class Inside {
  private readonly cards = new Set<string>();

  /** Whether the holder of a card is inside, as far as this gate saw. */
  readonly has = (cardId: string): boolean => this.cards.has(cardId);

  saw(code: string, direction: 'in' | 'out'): void {
    const cardId = readOwnCard(code.trim())?.cardId;
    if (cardId === undefined) return;
    if (direction === 'out') this.cards.delete(cardId);
    else this.cards.add(cardId);
    if (this.cards.size > most) this.cards.delete(this.cards.values().next().value!);
  }
}
