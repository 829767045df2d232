import type { Effect } from '../domain/policy/what-if.js';
import type { ContactEffect } from './contact-trial.js';
import type { Draft } from './drafts.service.js';

/** What a draft does, as it is answered; instants ISO 8601, UTC. */
export interface ShownEffect extends Omit<Effect, 'at'> {
  at: string;
}

/** What a dry run found. */
export interface Simulated {
  effect: ShownEffect;
  /** Per day, oldest first, without units. */
  replay?: Omit<ShownEffect, 'units'>[];
  contact?: ContactEffect;
}

const iso = (ms: number): string => new Date(ms).toISOString();

export const showEffect = (effect: Effect): ShownEffect => ({ ...effect, at: iso(effect.at) });

/** A day of a replay: units are left out, or a fortnight of a nation would be a long answer. */
export function showDay(effect: Effect): Omit<ShownEffect, 'units'> {
  const { units: _, ...rest } = showEffect(effect);
  return rest;
}

/** A draft, how far it is, and what is known of its effect. */
export interface ShownDraft {
  id: string;
  state: 'draft' | 'simulated' | 'approved-once' | 'published';
  policy: unknown;
  /** Paths of its numbers that name no source; it is not published as long as there are any. */
  withoutSource: string[];
  by: string;
  changedAt: string;
  approvals: string[];
  simulatedAt: string | null;
  simulation: Simulated | null;
  publishedAt: string | null;
}

export function showDraft({ stored, withoutSource }: Draft): ShownDraft {
  const { id, text, by, changedAt, approvals, simulatedAt, simulation, publishedAt } = stored;
  const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));
  return {
    id,
    state: stateOf({ stored }),
    policy: JSON.parse(text) as unknown,
    withoutSource,
    by,
    changedAt: iso(changedAt),
    approvals,
    simulatedAt: isoOrNull(simulatedAt),
    simulation: simulation === null ? null : (JSON.parse(simulation) as Simulated),
    publishedAt: isoOrNull(publishedAt),
  };
}

function stateOf({ stored: { publishedAt, approvals, simulatedAt } }: Pick<Draft, 'stored'>): ShownDraft['state'] {
  if (publishedAt !== null) return 'published';
  if (approvals.length > 0) return 'approved-once';
  return simulatedAt === null ? 'draft' : 'simulated';
}
