/** How a telephone call to a contact ended; whoever was not reached is still to be called. */
export const callOutcomes = ['reached', 'not-reached', 'wrong-number'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** A call that was made to somebody; instants ISO 8601. */
export interface Call {
  outcome: CallOutcome;
  at: string;
  note: string | null;
}

/** Somebody who is to be called, and the cases they met, the highest dose first. */
export interface ToCall {
  person: string;
  dose: number;
  exposures: { case: string; dose: number; minutes: number; exposedAt: string; lastAt: string; venue: string }[];
  /** Calls that reached nobody, the last first. */
  tries: Call[];
}
