import { z } from 'zod';
import type { RowOf } from '../../graph/graph.js';
import { callOutcomes } from '../domain/call.js';
import { pageFields } from '../http/page.js';

/** A call that was made to somebody. */
export const newCall = z.strictObject({
  person: z.string().min(1).max(64),
  outcome: z.enum(callOutcomes),
  note: z.string().trim().min(1).max(500).optional(),
});
export type NewCall = z.output<typeof newCall>;

/** The `next` of the page before: whether they were tried, the dose and the person. */
const after = z
  .string()
  .max(200)
  .regex(/^([01]_\d+(\.\d+)?(e[+-]?\d+)?_[\w-]+)?$/, 'the next of the page before')
  .default('');
export const callsQuery = z.strictObject({ ...pageFields, after });
export type CallsQuery = z.output<typeof callsQuery>;

export const writeCallsCursor = ({ tried, dose, person }: RowOf<'calls/waiting'>): string =>
  `${tried}_${dose}_${person}`;

export function readCallsCursor(text: string): { tried: number; dose: number; person: string } | null {
  if (text === '') return null;
  const [tried, dose, ...person] = text.split('_');
  return { tried: Number(tried), dose: Number(dose), person: person.join('_') };
}
