import { z } from 'zod';

/** Who may do what (SPEC section 10). */
export const roles = ['gate', 'owner', 'citizen', 'checkpoint', 'tracer', 'head', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** What the operator of an installation, who holds the token of its command line, may do: all that staff may. */
export const staffRoles: Role[] = ['tracer', 'head', 'admin', 'auditor', 'owner'];

export const caller = z.object({
  id: z.string(),
  kind: z.enum(['staff', 'citizen', 'gate', 'operator']),
  roles: z.array(z.enum(roles)),
  /** The unit whose subtree the caller sees; everything when there is none and the caller is staff. */
  unit: z.string().optional(),
  /** The venue of a gate. */
  venue: z.string().optional(),
  /** The person of a citizen. */
  person: z.string().optional(),
});

/** Who asks: taken from a token that was checked at the edge, and trusted from there on. */
export type Caller = z.infer<typeof caller>;
