import { z } from 'zod';

const instant = z.int();
const texts = z.array(z.string());
const id = z.string();

const change = z.strictObject({
  merge: id,
  by: z.string(),
  reason: z.string(),
  atMs: instant,
});

/** Queries about who is the same person as whom (SPEC section 3). */
export const identity = {
  'people/roots': { params: z.strictObject({ ids: texts }), row: z.strictObject({ id, root: id }) },
  'people/same': { params: z.strictObject({ ids: texts }), row: z.strictObject({ id, root: id }) },
  'people/joined': { params: z.strictObject({ person: id }), row: z.strictObject({ id }) },
  'people/link': { params: z.strictObject({ ...change.shape, person: id, into: id }), row: z.strictObject({ id }) },
  'people/unlink': { params: change, row: z.strictObject({ id, root: id, was: id }) },
  'people/guard': {
    params: z.strictObject({ guardian: id, dependant: id, by: z.string(), atMs: instant }),
    row: z.strictObject({ id }),
  },
  'people/unguard': { params: z.strictObject({ guardian: id, dependant: id }), row: z.strictObject({ id }) },
  'people/dependants': {
    params: z.strictObject({ guardian: id }),
    row: z.strictObject({ id, atMs: instant.nullable() }),
  },
  'people/merge': {
    params: z.strictObject({ merge: id }),
    row: z.strictObject({ joined: id, into: id, key: z.string().nullable(), undoneAtMs: instant.nullable() }),
  },
  'people/merges': {
    params: z.strictObject({ person: id }),
    row: z.strictObject({
      id,
      joined: id,
      into: id,
      by: z.string(),
      atMs: instant,
      undoneAtMs: instant.nullable(),
      undoneBy: z.string().nullable(),
      reason: z.string(),
      undoneReason: z.string().nullable(),
      key: z.string().nullable(),
    }),
  },
};
