import { z } from 'zod';
import { colours } from '../domain/admission.js';
import { readInstant } from '../domain/files/instant.js';
import { neutralTimezone } from '../domain/policy/contact.js';
import type { ToldEvidence } from './evidence-writer.js';

/** Hours a declaration is good for. Source: SPEC section 4, checkpoint. */
const declarationMs = 72 * 3_600_000;

/** Doses of a full course where nothing is said: those of most vaccines of 2021 (assumption). */
const usualCourse = 2;

/** An instant with an offset, or a date, which is the start of that day in Vietnam (SPEC section 5). */
const instant = z.string().transform((text, context) => {
  const ms = readInstant(text, neutralTimezone);
  if (ms !== undefined) return ms;
  context.addIssue('expected an instant with an offset, or a date');
  return z.NEVER;
});

const doses = z.int().min(1).max(20);
const inOrder = ({ from, until }: { from: number; until?: number | undefined }) => until === undefined || from < until;
const order = { message: 'expected an instant after from', path: ['until'] };

/** What may be told of a person: `POST /people/{id}/evidence`. */
export const evidenceBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('test'),
    test: z.string().regex(/^[a-z0-9-]{1,32}$/, 'expected a method in lower case, such as pcr'),
    result: z.enum(['negative', 'positive']),
    sampledAt: instant,
  }),
  z.strictObject({ kind: z.literal('dose'), number: doses, course: doses.default(usualCourse), at: instant }),
  z.strictObject({ kind: z.literal('recovery'), at: instant }),
  z.strictObject({ kind: z.literal('quarantine'), from: instant, until: instant.optional() }).refine(inOrder, order),
  z.strictObject({ kind: z.literal('isolation'), from: instant, until: instant.optional() }).refine(inOrder, order),
  z.strictObject({ kind: z.literal('declaration'), from: instant, until: instant.optional() }).refine(inOrder, order),
  z
    .strictObject({
      kind: z.literal('override'),
      colour: z.enum(colours),
      reason: z.string().trim().min(1).max(500),
      from: instant.optional(),
      until: instant,
    })
    .refine(({ from, until }) => from === undefined || from < until, order),
]);
export type EvidenceBody = z.output<typeof evidenceBody>;

/** The fact that a body tells; an override is one officer's until a second agrees. */
export function factOf(body: EvidenceBody, { id, by, nowMs }: { id: string; by: string; nowMs: number }): ToldEvidence {
  switch (body.kind) {
    case 'test':
      return { kind: 'test', id, test: body.test, result: body.result, at: body.sampledAt };
    case 'dose':
      return { kind: 'dose', id, number: body.number, course: body.course, at: body.at };
    case 'recovery':
      return { kind: 'recovery', id, at: body.at };
    case 'quarantine':
    case 'isolation':
      return { kind: body.kind, id, at: body.from, until: body.until ?? null };
    case 'declaration':
      return { kind: 'declaration', id, at: body.from, until: body.until ?? body.from + declarationMs };
    case 'override': {
      const { colour, reason, from, until } = body;
      return { kind: 'override', id, colour, reason, by: [by], at: from ?? nowMs, until };
    }
  }
}

/** How far a clock of somebody else may be ahead of ours: as for scans (SPEC section 12). */
const aheadMs = 5 * 60_000;

/** What happened cannot lie ahead; a quarantine, an isolation, a declaration and an override may. */
const happened: ToldEvidence['kind'][] = ['test', 'dose', 'recovery'];

/** Whether a fact tells of something that has not happened yet. */
export const isAhead = ({ kind, at }: ToldEvidence, nowMs: number): boolean =>
  happened.includes(kind) && at > nowMs + aheadMs;
