import type { CitizenStatus } from '../../src/events.js';

/** What this device remembers of its citizen, so that the page says something true without a network. */
interface Kept {
  me?: Me;
  status?: CitizenStatus;
  /** The colour and rule whose change was seen, so that a change during sleep is told when the page opens. */
  seen?: { colour: CitizenStatus['colour']; rule: string };
  /** The card of each member of the family, by the person's id. */
  cards?: Record<string, ShownCard>;
  family?: Dependant[];
  /** The unit whose colour is wanted; the own one without it. */
  place?: { code: string; name: string };
}

/** Who one is, as `GET /me` says. */
export interface Me {
  id: string;
  name: string | null;
  birthDate: string | null;
  verified: boolean;
  unit: string | null;
}

/** Somebody whose card one may show. */
export interface Dependant {
  id: string;
  name: string | null;
  birthDate: string | null;
  colour: CitizenStatus['colour'];
}

/** A card with the instants, by this device's clock, from which and until which it is good. */
export interface ShownCard {
  code: string;
  since: number;
  until: number;
}

const storedAs = 'vetxanh.citizen';

export function readKept(): Kept {
  try {
    return (JSON.parse(localStorage.getItem(storedAs) ?? 'null') as Kept | null) ?? {};
  } catch {
    return {};
  }
}

/** Adds to what is remembered; a device without room shows what it has in memory. */
export function keep(more: Kept): void {
  try {
    localStorage.setItem(storedAs, JSON.stringify({ ...readKept(), ...more }));
  } catch {
    // Nothing is lost: the server knows all of it.
  }
}

/**
 * Remembers the colour as it stands. The first that this device shows counts as seen, whichever way it came: whatever
 * comes after it is a change.
 */
export function keepStatus(status: CitizenStatus): void {
  const seen = readKept().seen ?? { colour: status.colour, rule: status.rule };
  keep({ status, seen });
}

export const keepCard = (person: string, card: ShownCard): void =>
  keep({ cards: { ...readKept().cards, [person]: card } });

/** Whoever logs out, or is logged out, leaves nothing on the device. */
export const forgetKept = (): void => localStorage.removeItem(storedAs);
