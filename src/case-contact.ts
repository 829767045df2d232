import { neutralZonedContact, type ZonedContact } from './domain/policy/contact.js';
import { inForce } from './domain/policy/policy.js';
import type { Policies } from './policies.js';

/**
 * The contact rule a case is traced under: of the policy in force for its unit at its `sampledAt`, else its onset (SPEC
 * section 5). Where its unit has no policy, that of people without a unit; where none is in force, the neutral one.
 */
export async function contactOf(
  policies: Policies,
  { unit, onset, sampledAt }: { unit: string | null; onset: number | null; sampledAt: number | null },
): Promise<ZonedContact> {
  const versionsOf = await policies.versionsOf([unit]);
  const at = sampledAt ?? onset ?? 0;
  const policy = inForce(versionsOf(unit), at) ?? inForce(versionsOf(null), at);
  return policy ? { ...policy.contact, timezone: policy.timezone } : neutralZonedContact;
}
