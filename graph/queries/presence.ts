import { z } from 'zod';

const instant = z.int();
const texts = z.array(z.string());
const instants = z.array(instant);
const none = z.strictObject({});

/** What one person's stays are folded from, and what they were folded to. */
const history = z.strictObject({
  person: z.string(),
  base: z.string().nullable(),
  baseBeforeMs: instant.nullable(),
  scans: z.array(z.array(z.string())),
  stays: z.array(
    z.strictObject({
      id: z.string(),
      venue: z.string(),
      zone: z.string(),
      in: instant,
      out: instant,
      assumed: z.boolean(),
      open: z.boolean(),
      trust: z.number(),
    }),
  ),
});

/** Queries of the presence worker, which alone writes scans and stays. */
export const presence = {
  'presence/move': {
    params: z.strictObject({ stream: z.string(), from: z.string(), to: z.string() }),
    row: z.strictObject({ position: z.string() }),
  },
  'presence/history': { params: z.strictObject({ people: texts }), row: history },
  'presence/same_history': { params: z.strictObject({ people: texts }), row: history },
  'presence/merged': { params: z.strictObject({}), row: z.strictObject({ id: z.string(), root: z.string() }) },
  'presence/rehang': { params: z.strictObject({ person: z.string() }), row: none },
  'presence/name_owners': { params: z.strictObject({ ids: texts, owners: texts }), row: none },
  'presence/add_scans': {
    params: z.strictObject({ people: texts, keys: texts, days: texts, lines: z.array(texts) }),
    row: none,
  },
  'presence/drop_stays': { params: z.strictObject({ people: texts, ids: texts }), row: none },
  'presence/set_aside': {
    params: z.strictObject({ stream: z.string(), people: texts, lines: texts, reasons: texts, atMs: instant }),
    row: none,
  },
  'presence/change_stays': {
    params: z.strictObject({
      people: texts,
      ids: texts,
      outs: instants,
      assumed: z.array(z.boolean()),
      open: z.array(z.boolean()),
      trusts: z.array(z.number()),
    }),
    row: none,
  },
  'presence/ensure_days': {
    params: z.strictObject({ keys: texts, days: texts, venues: texts }),
    row: none,
  },
  'presence/add_stays': {
    params: z.strictObject({
      people: texts,
      keys: texts,
      ids: texts,
      zones: texts,
      ins: instants,
      outs: instants,
      assumed: z.array(z.boolean()),
      open: z.array(z.boolean()),
      kept: z.array(z.boolean()),
      trusts: z.array(z.number()),
    }),
    row: none,
  },
  'presence/inside': {
    params: z.strictObject({ atMs: instant }),
    row: z.strictObject({
      person: z.string(),
      venue: z.string(),
      zone: z.string(),
      in: instant,
      out: instant,
    }),
  },
  'presence/scans_of': {
    params: z.strictObject({ person: z.string() }),
    row: z.strictObject({ day: z.string(), scans: texts }),
  },
  'presence/old_people': {
    params: z.strictObject({ beforeDay: z.string(), after: z.string(), limit: z.int() }),
    row: z.strictObject({ person: z.string() }),
  },
  'presence/cut': {
    params: z.strictObject({
      people: texts,
      bases: texts,
      cutsMs: instants,
      keys: z.array(texts),
      lines: z.array(z.array(texts)),
    }),
    row: none,
  },
  'presence/drop_old_stays': {
    params: z.strictObject({ beforeMs: instant, limit: z.int() }),
    row: z.strictObject({ dropped: z.int() }),
  },
  'presence/drop_old_days': {
    params: z.strictObject({ beforeDay: z.string(), limit: z.int() }),
    row: z.strictObject({ dropped: z.int() }),
  },
};
