import { z } from 'zod';
import { factsOf } from './status.js';

const instant = z.int();
const none = z.strictObject({});
/** Null stands for people without a unit. */
const units = z.array(z.string()).nullable();

/** People of units, and the kinds of told facts that somebody looks for. */
const peopleOf = z.strictObject({ units, kinds: z.array(z.string()) });

/** A published version of a policy: its canonical text is what counts. */
const stored = z.strictObject({ key: z.string(), text: z.string() });

/** Rows that are read by the hundred thousand: their shape is the query's own, and is not checked again. */
const known = z.custom<z.output<typeof factsOf> & { unit: string | null; verified: boolean }>();
const history = z.custom<{
  unit: string | null;
  key: string;
  since: number;
  versions: { at: number; sealed: string }[];
}>();

const draft = z.strictObject({
  id: z.string(),
  text: z.string(),
  by: z.string(),
  changedAt: instant,
  approvals: z.array(z.string()),
  simulatedAt: instant.nullable(),
  simulation: z.string().nullable(),
  publishedAt: instant.nullable(),
});
export type StoredDraft = z.output<typeof draft>;

/** Queries about published policies and their drafts. */
export const policies = {
  'policies/seed': {
    params: z.strictObject({ rows: z.array(stored), atMs: instant }),
    row: stored,
  },
  'policies/reword': { params: z.strictObject({ rows: z.array(stored) }), row: none },
  'policies/all': { params: none, row: stored.extend({ publishedAt: instant }) },
  'policies/count': { params: none, row: z.strictObject({ published: z.int(), changes: z.int() }) },
  'policies/draft': {
    params: stored.extend({ id: z.string(), by: z.string(), atMs: instant }),
    row: z.strictObject({ id: z.string(), isOpen: z.boolean() }),
  },
  'policies/drafts': { params: z.strictObject({ id: z.string().nullable() }), row: draft },
  'policies/keep_simulation': {
    params: z.strictObject({ id: z.string(), text: z.string(), simulation: z.string(), atMs: instant }),
    row: z.strictObject({ id: z.string() }),
  },
  'policies/approve': {
    params: z.strictObject({ id: z.string(), text: z.string(), by: z.string() }),
    row: z.strictObject({ approvals: z.array(z.string()) }),
  },
  'policies/publish': {
    params: z.strictObject({ id: z.string(), key: z.string(), officers: z.int(), atMs: instant }),
    row: z.strictObject({ key: z.string() }),
  },
  'policies/to_renew': { params: none, row: z.strictObject({ key: z.string(), codes: z.array(z.string()) }) },
  'policies/renewed': { params: z.strictObject({ keys: z.array(z.string()), atMs: instant }), row: none },
  'policies/cases_since': {
    params: z.strictObject({ sinceMs: instant }),
    row: z.strictObject({ id: z.string() }),
  },
  'policies/cases_of_units': {
    params: z.strictObject({ units: z.array(z.string()) }),
    row: z.strictObject({ id: z.string() }),
  },
  'policies/known_people': {
    params: peopleOf.extend({ looks: z.array(instant) }),
    row: z.strictObject({
      unit: z.string().nullable(),
      verified: z.boolean(),
      missed: z.int(),
      people: z.int(),
      without: z.int(),
    }),
  },
  'policies/people_of_units': { params: peopleOf, row: known },
  'policies/histories': { params: z.strictObject({ units, fromMs: instant }), row: history },
};
