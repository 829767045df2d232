import { randomBytes } from 'node:crypto';

/** Bytes of an internal id: 96 random bits, written as 24 hex digits; never derived from a person's data (SPEC 3). */
export const idBytes = 12;

/** A new internal id, for people, cards, gates, cases and accounts alike. */
export const newId = (): string => randomBytes(idBytes).toString('hex');
