import { z } from 'zod';
import { colours } from '../admission.js';
import { settings } from '../policy/contact.js';

const instant = z.int();
const id = z.string().min(1);
/** From this instant on, until that one if there is an end: `[at, until)`. */
const span = { at: instant, until: instant.nullable() };
/** Evidence held back until a second officer releases it does not exist for colours (SPEC section 6). */
const held = { held: z.literal(true).optional() };

/**
 * Why a person is at some level because of one case (SPEC section 5): `at` the instant of exposure, `lastAt` the end
 * of the last qualifying overlap, both epoch milliseconds; `setting` is that of the place it happened at.
 */
export const exposureFact = z.strictObject({
  kind: z.literal('exposure'),
  case: id,
  level: z.int().min(1),
  at: instant,
  lastAt: instant,
  minutes: z.int().min(0),
  setting: z.enum(settings).optional(),
  trust: z.number().min(0).max(1),
  dose: z.number().min(0).optional(),
  ...held,
});
export type ExposureFact = z.output<typeof exposureFact>;

/** One confirmed, unretracted case of the person's own: `at` is its onset, or else when its sample was taken. */
export const caseFact = z.strictObject({
  kind: z.literal('case'),
  case: id,
  at: instant,
  isolatedAt: instant.optional(),
  ...held,
});

/** A test, dated by its sample; `test` is its method, such as `pcr` or `antigen`. */
export const testFact = z.strictObject({
  kind: z.literal('test'),
  id,
  test: z.string().min(1).max(32),
  result: z.enum(['negative', 'positive']),
  at: instant,
  /** Fewer than two identifiers of the laboratory's matched the person: no red rule sees it (SPEC section 9). */
  unsure: z.literal(true).optional(),
  ...held,
});

/** The `number`th dose of a vaccine whose full course takes `course` doses. */
export const doseFact = z.strictObject({
  kind: z.literal('dose'),
  id,
  number: z.int().min(1).max(20),
  course: z.int().min(1).max(20),
  at: instant,
  ...held,
});

export const recoveryFact = z.strictObject({ kind: z.literal('recovery'), id, at: instant, ...held });

/** A declaration of a journey or of health, good until it expires. */
export const declarationFact = z.strictObject({ kind: z.literal('declaration'), id, ...span, ...held });

export const quarantineFact = z.strictObject({ kind: z.literal('quarantine'), id, ...span, ...held });

/** Kept apart because of an illness; like a quarantine it ends carrying (SPEC section 5 rule 4). */
export const isolationFact = z.strictObject({ kind: z.literal('isolation'), id, ...span, ...held });

/** A colour that two officers gave for a reason, until it expires; the person sees it (SPEC section 6). */
export const overrideFact = z.strictObject({
  kind: z.literal('override'),
  id,
  colour: z.enum(colours),
  reason: z.string().min(1).max(500),
  /** The officers who agreed so far. */
  by: z.array(id).min(1).max(2),
  at: instant,
  until: instant,
  ...held,
});

/** Any fact a colour may rest on. All instants are epoch milliseconds. */
export const evidenceFact = z.discriminatedUnion('kind', [
  exposureFact,
  caseFact,
  testFact,
  doseFact,
  recoveryFact,
  declarationFact,
  quarantineFact,
  isolationFact,
  overrideFact,
]);
export type Evidence = z.output<typeof evidenceFact>;

/** What a colour is asked for: what is known of one person. */
export interface Subject {
  /** Whether somebody vouched for who this is. */
  verified: boolean;
  evidence: readonly Evidence[];
}

/** Evidence is a set: rules see it oldest first, whatever order it was read in; of one instant, by its text. */
export function inOrder(subject: Subject): Subject {
  if (subject.evidence.length < 2) return subject;
  const text = (fact: Evidence) => JSON.stringify(fact, Object.keys(fact).sort());
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return { ...subject, evidence: subject.evidence.toSorted((a, b) => a.at - b.at || byText(text(a), text(b))) };
}

/** The instant a fact ceases to exist, for those that end by themselves. */
export const endOf = (fact: Evidence): number | null => ('until' in fact ? fact.until : null);

/** Officers it takes for an override (SPEC section 6). */
const officers = 2;

/** Whether a fact counts at all: it is not held, and two officers agreed to it if that is needed. */
export const counts = (fact: Evidence): boolean =>
  !fact.held && (fact.kind !== 'override' || fact.by.length >= officers);

/** Whether a fact exists at an instant: it counts, has begun, and has not ended. */
export function existsAt(fact: Evidence, ms: number): boolean {
  const end = endOf(fact);
  return counts(fact) && fact.at <= ms && (end === null || ms < end);
}
