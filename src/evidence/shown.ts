import type { Evidence } from '../domain/colour/evidence.js';

/** A fact as officers see it, with who told it and whether it counts; instants ISO 8601, UTC. */
export interface ShownEvidence {
  id: string;
  kind: Evidence['kind'];
  at: string;
  until?: string | null;
  /** The account that told it, and when. */
  by: string | null;
  toldAt: string | null;
  /** It waits in this hold and does not exist for colours (SPEC section 6). */
  hold?: string | null;
  /** It waits for another officer to agree. */
  waiting?: true;
  [detail: string]: unknown;
}

interface Stored {
  id: string;
  by: string | null;
  createdAt: number | null;
  heldAt: number | null;
  hold: string | null;
}

const iso = (ms: number): string => new Date(ms).toISOString();

export function showEvidence(fact: Evidence, { id, by, createdAt, heldAt, hold }: Stored): ShownEvidence {
  const { at, kind, held: _, ...more } = fact;
  const detail: Record<string, unknown> = more;
  const officers = fact.kind === 'override' && { officers: fact.by };
  const waits = fact.kind === 'override' ? fact.by.length < 2 : 'unsure' in fact;
  return {
    ...detail,
    ...('until' in fact && { until: fact.until === null ? null : iso(fact.until) }),
    ...officers,
    id,
    kind,
    at: iso(at),
    by,
    toldAt: createdAt === null ? null : iso(createdAt),
    ...(heldAt !== null && { hold }),
    ...(waits && { waiting: true as const }),
  };
}
