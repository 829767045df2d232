import { z } from 'zod';
import { directKinds, type DirectKind } from '../domain/policy/contact.js';
import { pageFields } from '../http/page.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const person = z.string().min(1).max(64);

/** People of one household or vehicle, and contacts that one answer names (assumption). */
const mostOthers = 50;

/**
 * Meetings that a tracer enters, `[from, to)`: who shares a household or a vehicle is with each other, who stands on a
 * proximity list or was declared is with the person alone.
 */
export const newEncounter = z
  .strictObject({
    kind: z.enum(directKinds),
    with: z
      .array(person)
      .min(1)
      .max(mostOthers)
      .refine((ids) => new Set(ids).size === ids.length, { message: 'expected each of them once' }),
    from: instant,
    to: instant,
  })
  .refine(({ from, to }) => from < to, { message: 'expected an instant after from', path: ['to'] });
export type NewEncounter = z.output<typeof newEncounter>;

export const encounterQuery = z.strictObject(pageFields);
export type EncounterQuery = z.output<typeof encounterQuery>;

/** An encounter of a person as the API shows it. */
export interface Encounter {
  id: string;
  kind: DirectKind;
  people: [string, string];
  from: string;
  to: string;
}

/** What a tracer's change has come to; `settled` when it can be read back already. */
export interface EncountersChanged {
  items: Encounter[];
  settled: boolean;
}
