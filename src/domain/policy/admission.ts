import { z } from 'zod';
import { colours, instructions, type AdmissionRules } from '../admission.js';
import { venueKinds } from '../stay/scan.js';

const admission = z.strictObject({
  decision: z.enum(['allow', 'warn', 'deny', 'unknown']),
  instruction: z.enum(instructions),
});

const byColour = z.strictObject(
  Object.fromEntries(colours.map((colour) => [colour, admission])) as Record<
    (typeof colours)[number],
    typeof admission
  >,
);

const kinds = venueKinds.filter((kind) => kind !== 'other');

/** The `admission` part of a policy: what doors do, by kind of venue and colour; `other` where a kind is not named. */
export const admissionPart: z.ZodType<AdmissionRules> = z.strictObject({
  other: byColour,
  ...(Object.fromEntries(kinds.map((kind) => [kind, byColour.exactOptional()])) as Record<
    (typeof kinds)[number],
    z.ZodExactOptional<typeof byColour>
  >),
});
