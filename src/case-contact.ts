import { neutralZonedContact, type ZonedContact } from './domain/policy/contact.js';
import { inForce, type Policy } from './domain/policy/policy.js';
import type { Policies } from './policies.js';

/** What of a case decides which rule it is traced under. */
type Placed = { unit: string | null; onset: number | null; sampledAt: number | null };

/**
 * The policy a case is traced under: the one in force for its unit at its `sampledAt`, else its onset (SPEC section 5).
 * Where its unit has no policy, that of people without a unit; undefined where none is in force.
 */
export async function policyOf(policies: Policies, { unit, onset, sampledAt }: Placed): Promise<Policy | undefined> {
  const versionsOf = await policies.versionsOf([unit]);
  const at = sampledAt ?? onset ?? 0;
  return inForce(versionsOf(unit), at) ?? inForce(versionsOf(null), at);
}

/** The contact rule a case is traced under; the neutral one where no policy is in force. */
export async function contactOf(policies: Policies, placed: Placed): Promise<ZonedContact> {
  const policy = await policyOf(policies, placed);
  return policy ? { ...policy.contact, timezone: policy.timezone } : neutralZonedContact;
}
