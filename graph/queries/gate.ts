import { z } from 'zod';
import { venueKinds } from '../../src/domain/stay/scan.js';

/** A person together with the records of everybody who is the same person; readable only with the vault. */
export const subjectRow = z.strictObject({
  id: z.string(),
  version: z.int(),
  /** The person's own key, wrapped; null once the person has been erased. */
  key: z.string().nullable(),
  verified: z.boolean(),
  unit: z.string().nullable(),
  /** Everybody they are the same as, themselves too. */
  same: z.array(z.string()),
  records: z.array(z.strictObject({ key: z.string(), sealed: z.string() })),
});
export type SubjectRow = z.output<typeof subjectRow>;

/** Queries of the doors: what a gate needs before its first scan. */
export const gate = {
  'gate/doors': {
    params: z.strictObject({ gates: z.array(z.string()) }),
    row: z.strictObject({
      gate: z.string(),
      venue: z.string(),
      name: z.string(),
      kind: z.enum(venueKinds),
      unit: z.string().nullable(),
      lat: z.number().nullable(),
      lon: z.number().nullable(),
      capacity: z.int().nullable(),
      zones: z.array(z.string()),
    }),
  },
  'gate/revoked': {
    params: z.strictObject({ atMs: z.int() }),
    row: z.strictObject({ card: z.string(), revokedAtMs: z.int(), expiresAtMs: z.int() }),
  },
  'gate/make_newcomer': {
    params: z.strictObject({
      id: z.string(),
      key: z.string(),
      sealed: z.string(),
      nameKeys: z.string(),
      atMs: z.int(),
    }),
    row: z.strictObject({ id: z.string() }),
  },
  'gate/people': { params: z.strictObject({ ids: z.array(z.string()) }), row: subjectRow },
};
