/** The present instant in integer milliseconds UTC; handed in everywhere, so that a test can set it. */
export type Clock = () => number;

/** Nest's token for the {@link Clock}. */
export const CLOCK = Symbol('clock');

/** The machine's own clock: the only place that reads it. */
export const systemClock: Clock = () => Date.now();
