import { z } from 'zod';

const instant = z.int();

const entry = z.strictObject({
  id: z.string(),
  kind: z.string(),
  venue: z.string(),
  gate: z.string(),
  unit: z.string().nullable(),
  person: z.string().nullable(),
  atMs: instant,
  /** How often it was noted within its hour. */
  times: z.int(),
  /** Where else the person was scanned. */
  other: z.strictObject({ venue: z.string(), atMs: instant, km: z.number().nullable() }).nullable(),
  /** What an unread code looked like; `start` is a keyed hash of its first characters. */
  code: z.strictObject({ kind: z.string(), length: z.int(), start: z.string() }).nullable(),
});

/** One entry of a gate's log, as it is stored. */
export type LogEntry = z.output<typeof entry>;

/** An entry to keep: noted `times` now, and `more` when it is there already; `scan` is the key of a scan that was taken. */
const kept = entry.extend({ scan: z.string().nullable(), more: z.int() });
export type KeptEntry = z.output<typeof kept>;

const page = { beforeMs: instant, beforeId: z.string(), limit: z.int() };

/** Queries of the logs of gates: doubtful scans, and codes that could not be read. */
export const log = {
  'log/keep': { params: z.strictObject({ rows: z.array(kept) }), row: z.strictObject({}) },
  'log/forget_doubts': {
    params: z.strictObject({ people: z.array(z.string()), fromsMs: z.array(instant) }),
    row: z.strictObject({}),
  },
  'log/of_venue': { params: z.strictObject({ venue: z.string(), ...page }), row: entry },
  'log/of_units': { params: z.strictObject({ units: z.array(z.string()).nullable(), ...page }), row: entry },
  'log/drop_old': {
    params: z.strictObject({ beforeMs: instant, limit: z.int() }),
    row: z.strictObject({ dropped: z.int() }),
  },
};
