import { z } from 'zod';
import { directKinds, settings } from '../../src/domain/policy/contact.js';

const instant = z.int();
const known = instant.nullable();
const texts = z.array(z.string());
const instants = z.array(instant);
const none = z.strictObject({});
const ids = z.strictObject({ id: z.string() });

/** A case as it lies in the graph. Its exposures are those of its facts once `tracedVersion` is its `version`. */
const storedCase = z.strictObject({
  id: z.string(),
  person: z.string(),
  unit: z.string().nullable(),
  onset: known,
  sampledAt: known,
  isolatedAt: known,
  confirmedAt: instant,
  retractedAt: known,
  reason: z.string().nullable(),
  version: z.int(),
  tracedVersion: z.int().nullable(),
  tracedAt: known,
  closesAt: known,
  /** How many people are at level 1, 2, … */
  counts: z.array(z.int()),
});
export type StoredCase = z.output<typeof storedCase>;

/** An exposure as it lies in the graph: internal ids, epoch milliseconds; `encounters` is JSON, null above level 1. */
const storedExposure = z.strictObject({
  person: z.string(),
  level: z.int(),
  at: instant,
  lastAt: instant,
  via: z.string(),
  venue: z.string(),
  from: instant,
  to: instant,
  minutes: z.int(),
  dose: z.number().nullable(),
  trust: z.number(),
  encounters: z.string().nullable(),
});
export type StoredExposure = z.output<typeof storedExposure>;

const exposureToCase = storedExposure.extend({ case: z.string(), unit: z.string().nullable() });

const facts = { id: z.string(), onset: known, sampledAt: known, isolatedAt: known };

/** Columns of stays; an empty setting or direct is none. */
const stayColumns = {
  venues: texts,
  zones: texts,
  ins: instants,
  outs: instants,
  trusts: z.array(z.number()),
  settings: z.array(z.enum([...settings, ''])),
  directs: z.array(z.enum([...directKinds, ''])),
};

const place = z.strictObject({ level: z.int(), dose: z.number(), at: instant, person: z.string() });

/** Queries about cases, the stays they are traced over, and the exposures that come of it. */
export const cases = {
  'cases/create': {
    params: z.strictObject({
      rows: z.array(z.strictObject({ ...facts, person: z.string(), unit: z.string().nullable() })),
      atMs: instant,
    }),
    row: ids,
  },
  'cases/amend': { params: z.strictObject({ rows: z.array(z.strictObject(facts)), atMs: instant }), row: ids },
  'cases/retract': { params: z.strictObject({ id: z.string(), reason: z.string(), atMs: instant }), row: ids },
  'cases/by_ids': { params: z.strictObject({ ids: texts }), row: storedCase },
  'cases/list': {
    params: z.strictObject({
      units: texts.nullable(),
      states: z.enum(['open', 'retracted', 'all']),
      after: z.string(),
      limit: z.int(),
    }),
    row: storedCase,
  },
  'cases/touch': { params: z.strictObject({ ids: texts, atMs: instant }), row: ids },
  'cases/due': { params: z.strictObject({ beforeMs: instant }), row: ids },
  'cases/waiting': {
    params: z.strictObject({ ids: texts.nullable() }),
    row: z.strictObject({ waiting: z.int() }),
  },
  'cases/unsettled': { params: none, row: z.strictObject({ unsettled: z.int() }) },
  'cases/traced': {
    params: z.strictObject({ limit: z.int() }),
    row: storedCase.extend({ generation: z.int(), since: texts }),
  },
  'cases/settle': { params: z.strictObject({ ids: texts, generations: z.array(z.int()) }), row: ids },
  'cases/unsettle': { params: z.strictObject({ ids: texts, atMs: instant }), row: ids },
  'cases/settled': { params: z.strictObject({ atMs: instant }), row: ids },
  'cases/may_carry': {
    params: z.strictObject({ id: z.string(), below: z.int() }),
    row: z.strictObject({ person: z.string(), at: instant }),
  },
  'cases/of_visitors': { params: z.strictObject({ venue: z.string() }), row: ids },
  'cases/open_ids': {
    params: none,
    row: z.strictObject({ id: z.string(), closesAt: instant.nullable() }),
  },
  'cases/people_after': {
    params: z.strictObject({ after: z.string(), limit: z.int() }),
    row: z.strictObject({ person: z.string() }),
  },
  'cases/left_over': { params: none, row: z.strictObject({ case: z.string(), exposures: z.int() }) },
  'cases/board': {
    params: z.strictObject({ units: texts.nullable() }),
    row: z.strictObject({ counts: z.array(z.int()), waits: z.boolean(), cases: z.int() }),
  },
  'cases/crossings': {
    params: z.strictObject({ units: texts.nullable(), limit: z.int() }),
    row: z.strictObject({ venue: z.string(), cases: z.int() }),
  },
  'cases/any_open': { params: none, row: ids },
  'cases/begin': { params: ids, row: storedCase.extend({ generation: z.int() }) },
  'cases/guard': { params: z.strictObject({ id: z.string(), generation: z.int() }), row: ids },
  'cases/finish': {
    params: z.strictObject({
      id: z.string(),
      version: z.int(),
      since: texts,
      counts: z.array(z.int()),
      closesAt: known,
      atMs: instant,
    }),
    row: none,
  },
  'cases/exposed': { params: ids, row: storedExposure },
  'cases/expose': {
    params: z.strictObject({ id: z.string(), generation: z.int(), rows: z.array(storedExposure) }),
    row: none,
  },
  'cases/unexpose': {
    params: z.strictObject({ id: z.string(), people: texts }),
    row: none,
  },
  'cases/standing': {
    params: z.strictObject({ people: texts }),
    row: z.strictObject({
      person: z.string(),
      isolations: instants,
      evidence: z.array(
        z.strictObject({
          kind: z.string(),
          sealed: z.string(),
          key: z.string(),
          from: instant,
          until: instant.nullable(),
        }),
      ),
    }),
  },
  'cases/stays_since': {
    params: z.strictObject({ people: texts, sincesMs: instants }),
    row: z.strictObject({ key: z.string(), in: instant, out: instant }),
  },
  'cases/touched_by': { params: z.strictObject({ people: texts, keys: texts }), row: ids },
  'cases/page': {
    params: z.strictObject({
      id: z.string(),
      level: z.int().nullable(),
      minDose: z.number().nullable(),
      after: place.nullable(),
      limit: z.int(),
    }),
    row: storedExposure,
  },
  'cases/of_person': { params: z.strictObject({ person: z.string() }), row: exposureToCase },
  'cases/page_of_person': {
    params: z.strictObject({ person: z.string(), units: texts.nullable(), after: z.string(), limit: z.int() }),
    row: exposureToCase,
  },
  'cases/stays_of_people': {
    params: z.strictObject({ people: texts, fromsMs: instants, tosMs: instants }),
    row: z.strictObject({ person: z.string(), ...stayColumns }),
  },
  'cases/stays_at_days': {
    params: z.strictObject({ keys: texts, fromsMs: instants, tosMs: instants }),
    row: z.strictObject({ people: texts, ...stayColumns }),
  },
  'cases/ensure_direct': {
    params: z.strictObject({
      rows: z.array(z.strictObject({ id: z.string(), direct: z.enum(directKinds) })),
      atMs: instant,
    }),
    row: none,
  },
  'cases/direct_stays': {
    params: z.strictObject({ fromMs: instant, toMs: instant }),
    row: z.strictObject({
      venue: z.string(),
      direct: z.enum(directKinds),
      people: texts,
      in: instant,
      out: instant,
    }),
  },
};
