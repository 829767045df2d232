import { describe, expect, it } from '@jest/globals';
import type { RedCard } from '../../../src/events.js';
import { mostRedCards, withRedCards } from '../../../web/officer/red-cards.js';

const aCard = (minute: number, person = 'an'): RedCard => {
  const at = new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString();
  return { person, venue: 'hall', gate: 'front', unit: null, at };
};

describe('the red cards of the board', () => {
  it('come newest first, also when an older one is heard of later', () => {
    expect(withRedCards([aCard(5)], [aCard(7), aCard(3)])).toEqual([aCard(7), aCard(5), aCard(3)]);
  });

  it('show one that was told twice once', () => {
    expect(withRedCards([aCard(5), aCard(3)], [aCard(5), aCard(5, 'binh')])).toHaveLength(3);
  });

  it('are no more than fit', () => {
    const many = Array.from({ length: mostRedCards }, (_, at) => aCard(at));
    expect(withRedCards(many, [aCard(mostRedCards + 1)]).at(-1)).toEqual(aCard(1));
  });
});
