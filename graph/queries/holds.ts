import { z } from 'zod';

const instant = z.int();
const id = z.string();
const ids = z.array(z.string());
const none = z.strictObject({});
const person = z.strictObject({ person: id });

const hold = z.strictObject({
  id,
  unit: id,
  at: instant,
  by: ids,
  people: z.int(),
  decided: z.enum(['released', 'dropped']).nullable(),
  decidedBy: id.nullable(),
  decidedAt: instant.nullable(),
});
export type StoredHold = z.output<typeof hold>;

/** Queries about evidence that waits for a second officer. */
export const holds = {
  'holds/units_of': { params: z.strictObject({ people: ids }), row: z.strictObject({ person: id, unit: id }) },
  'holds/people_of': { params: z.strictObject({ unit: id }), row: z.strictObject({ people: z.int() }) },
  'holds/open': {
    params: z.strictObject({ id, unit: id, by: id, people: z.int(), atMs: instant }),
    row: z.strictObject({ id, people: z.int() }),
  },
  'holds/list': { params: z.strictObject({ units: ids.nullable(), id: id.nullable() }), row: hold },
  'holds/decide': {
    params: z.strictObject({ id, decided: z.enum(['released', 'dropped']), by: id, atMs: instant }),
    row: z.strictObject({ id }),
  },
  'holds/still_open': { params: z.strictObject({ ids }), row: z.strictObject({ id }) },
  'holds/people': { params: z.strictObject({ id, after: z.string(), limit: z.int() }), row: person },
  'holds/release': { params: z.strictObject({ id, people: ids }), row: person },
  'holds/drop': { params: z.strictObject({ id, people: ids, by: id, atMs: instant }), row: person },
  'holds/hold_exposures': {
    params: z.strictObject({ case: id, rows: z.array(z.strictObject({ person: id, hold: id })), atMs: instant }),
    row: none,
  },
  'holds/held': { params: none, row: z.strictObject({ held: z.int() }) },
};
