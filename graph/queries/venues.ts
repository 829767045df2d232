import { z } from 'zod';
import { venueKinds } from '../../src/domain/stay/scan.js';

const none = z.strictObject({});
const page = z.strictObject({ after: z.string(), limit: z.int() });

/** A venue as it lies in the graph; absent properties are null. */
export const storedVenue = z.strictObject({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(venueKinds),
  setting: z.string(),
  unit: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  capacity: z.int().nullable(),
  zones: z.array(z.string()),
});
export type StoredVenue = z.output<typeof storedVenue>;

/** Queries about venues and their gates. */
export const venues = {
  'venues/create': {
    params: z.strictObject({ venue: storedVenue, owner: z.string().nullable(), atMs: z.int() }),
    row: z.strictObject({ fresh: z.boolean() }),
  },
  'venues/ensure': {
    params: z.strictObject({ rows: z.array(z.strictObject({ id: z.string(), code: z.string() })), atMs: z.int() }),
    row: none,
  },
  'venues/by_id': {
    params: z.strictObject({ id: z.string() }),
    row: z.strictObject({ venue: storedVenue, owners: z.array(z.string()), inUse: z.boolean() }),
  },
  'venues/by_ids': {
    params: z.strictObject({ ids: z.array(z.string()) }),
    row: z.strictObject({ venue: storedVenue, owners: z.array(z.string()) }),
  },
  'venues/by_code': { params: z.strictObject({ code: z.string() }), row: storedVenue },
  'venues/known': { params: z.strictObject({ ids: z.array(z.string()) }), row: z.strictObject({ id: z.string() }) },
  'venues/change': { params: z.strictObject({ venue: storedVenue }), row: z.strictObject({ id: z.string() }) },
  'venues/list': { params: page, row: storedVenue },
  'venues/list_of_units': { params: page.extend({ units: z.array(z.string()) }), row: storedVenue },
  'venues/list_owned': { params: page.extend({ owner: z.string() }), row: storedVenue },
  'venues/add_gates': {
    params: z.strictObject({
      gates: z.array(z.strictObject({ venue: z.string(), gate: z.string(), name: z.string() })),
      atMs: z.int(),
    }),
    row: none,
  },
  'venues/of_gates': {
    params: z.strictObject({ gates: z.array(z.string()) }),
    row: z.strictObject({ gate: z.string(), venue: z.string() }),
  },
  'venues/gates': {
    params: z.strictObject({ venue: z.string() }),
    row: z.strictObject({ id: z.string(), name: z.string(), pairedAtMs: z.int(), removedAtMs: z.int().nullable() }),
  },
  'venues/by_hour': {
    params: z.strictObject({ keys: z.array(z.string()), fromMs: z.int(), toMs: z.int() }),
    row: z.strictObject({ hourMs: z.int(), zone: z.string(), entered: z.int(), left: z.int() }),
  },
  'venues/remove_gates': {
    params: z.strictObject({ gates: z.array(z.string()), atMs: z.int() }),
    row: z.strictObject({ id: z.string() }),
  },
};
