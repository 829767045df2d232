import { readOwnCard } from '../../src/domain/codes/own-card.js';

/** Cards that are remembered: a busy day at one door (assumption). */
const most = 20_000;

/** The same card again within so long is the same passage (SPEC 4, rule 1: 5 minutes; a gate is not told another). */
const repeatMs = 5 * 60_000;

/** What was asked for at a door, and when, in epoch milliseconds. */
export interface Passage {
  direction: 'in' | 'out' | 'auto';
  zone?: string;
  scannedAt: number;
}

/** Which way each card went last at this gate, so that `automatic` works while nobody answers. */
export class Inside {
  private readonly cards = new Map<string, Passage & { went: 'in' | 'out' }>();

  /** Out for whoever came in here, in for everybody else, and the same way again for a card that is only shown again. */
  readonly wayOf = (cardId: string, { zone, scannedAt }: Passage): 'in' | 'out' => {
    const last = this.cards.get(cardId);
    if (!last || last.zone !== zone) return 'in';
    if (last.direction === 'auto' && scannedAt - last.scannedAt < repeatMs) return last.went;
    return last.went === 'in' ? 'out' : 'in';
  };

  /** Somebody passed; whoever is turned away does not. */
  saw({ code, direction, zone, scannedAt }: Passage & { code: string }, went: 'in' | 'out'): void {
    const cardId = readOwnCard(code.trim())?.cardId;
    if (cardId === undefined) return;
    this.cards.delete(cardId);
    this.cards.set(cardId, { direction, scannedAt, went, ...(zone && { zone }) });
    if (this.cards.size > most) this.cards.delete(this.cards.keys().next().value!);
  }
}
