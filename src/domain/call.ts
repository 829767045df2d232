/** How a telephone call to a contact ended; whoever was not reached is still to be called. */
export const callOutcomes = ['reached', 'not-reached', 'wrong-number'] as const;
export type CallOutcome = (typeof callOutcomes)[number];
