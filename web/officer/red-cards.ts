import type { RedCard } from '../../src/events.js';

/** Red cards that the board keeps (assumption). */
export const mostRedCards = 50;

/** The cards of the board with those that were just told, newest first; one that was told twice is there once. */
export function withRedCards(known: RedCard[], told: RedCard[]): RedCard[] {
  const all = new Map([...known, ...told].map((card) => [`${card.person} ${card.gate} ${card.at}`, card]));
  return [...all.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, mostRedCards);
}
