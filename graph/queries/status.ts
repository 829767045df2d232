import { z } from 'zod';
import { settings } from '../../src/domain/policy/contact.js';
import { subjectRow } from './gate.js';

const ids = z.array(z.string());
const instant = z.int();

/** A fact as it lies in the graph; `sealed` opens under `key`, of the person it was told of. */
const evidence = z.strictObject({ id: z.string(), sealed: z.string(), key: z.string(), held: z.boolean() });

const ownCase = z.strictObject({
  case: z.string(),
  at: instant,
  isolatedAt: instant.nullable(),
});

const exposure = z.strictObject({
  case: z.string(),
  level: z.int(),
  at: instant,
  lastAt: instant,
  minutes: z.int(),
  trust: z.number(),
  dose: z.number().nullable(),
  setting: z.enum(settings).nullable(),
  held: z.boolean(),
});

/** What may be told of a person, by the label it has in the graph. */
export const evidenceLabels = [
  'Test',
  'Dose',
  'Recovery',
  'Declaration',
  'Quarantine',
  'Isolation',
  'Override',
] as const;

const toldRow = z.strictObject({
  person: z.string(),
  id: z.string(),
  label: z.enum(evidenceLabels),
  kind: z.string(),
  sealed: z.string(),
  print: z.string(),
  from: instant,
  until: instant.nullable(),
  hold: z.string().nullable(),
});

/** All that colours rest on, of one person. */
export const factsOf = z.strictObject({
  evidence: z.array(evidence),
  cases: z.array(ownCase),
  exposures: z.array(exposure),
});

/** Queries about what colours rest on, and what they were. */
export const status = {
  'status/subjects': {
    params: z.strictObject({ people: ids }),
    row: subjectRow.extend({ ...factsOf.shape, hasDevice: z.boolean() }),
  },
  'status/tell_evidence': {
    params: z.strictObject({
      rows: z.array(toldRow),
      by: z.string(),
      atMs: instant,
    }),
    row: z.strictObject({ id: z.string(), version: z.int(), fate: z.enum(['told', 'amended', 'elsewhere']) }),
  },
  'status/evidence_of': {
    params: z.strictObject({ person: z.string() }),
    row: z.strictObject({
      id: z.string(),
      kind: z.string(),
      sealed: z.string(),
      key: z.string(),
      by: z.string().nullable(),
      createdAt: instant.nullable(),
      heldAt: instant.nullable(),
      hold: z.string().nullable(),
    }),
  },
  'status/remove_evidence': {
    params: z.strictObject({ person: z.string(), id: z.string(), by: z.string(), atMs: instant }),
    row: z.strictObject({ version: z.int() }),
  },
  'status/one_evidence': {
    params: z.strictObject({ person: z.string(), id: z.string() }),
    row: z.strictObject({ kind: z.string(), sealed: z.string(), key: z.string() }),
  },
  'status/holder_of': { params: z.strictObject({ id: z.string() }), row: z.strictObject({ person: z.string() }) },
  'status/replace_evidence': {
    params: z.strictObject({ person: z.string(), id: z.string(), was: z.string(), sealed: z.string() }),
    row: z.strictObject({ version: z.int() }),
  },
  'status/cases_met': {
    params: z.strictObject({ people: ids }),
    row: z.strictObject({ case: z.string() }),
  },
  'status/remember': {
    params: z.strictObject({
      rows: z.array(z.strictObject({ person: z.string(), version: z.int(), sealed: z.string() })),
      atMs: instant,
    }),
    row: z.strictObject({}),
  },
  'status/as_it_was': {
    params: z.strictObject({ person: z.string(), atMs: instant }),
    row: z.strictObject({ version: z.int(), sealed: z.string(), atMs: instant }),
  },
  'status/versions': {
    params: z.strictObject({ person: z.string(), untilMs: instant }),
    row: z.strictObject({ version: z.int(), atMs: instant, sealed: z.string() }),
  },
  'status/last_remembered': {
    params: z.strictObject({ people: ids }),
    row: z.strictObject({ person: z.string(), version: z.int(), sealed: z.string() }),
  },
  'status/count_remembered': { params: z.strictObject({}), row: z.strictObject({ remembered: z.int() }) },
  'status/people_after': {
    params: z.strictObject({ after: z.string(), limit: z.int() }),
    row: z.strictObject({ person: z.string() }),
  },
  'status/with_device': {
    params: z.strictObject({ after: z.string(), limit: z.int() }),
    row: z.strictObject({ id: z.string() }),
  },
};
