import { tellReason, type ToldReason } from '../domain/colour/told.js';
import type { CitizenStatus } from '../events.js';
import { showToCitizen, type PersonStatus } from '../told-statuses.js';

/** A status as an officer sees it: with the policy that spoke and the cases behind its reasons. */
export interface StaffStatus extends Omit<CitizenStatus, 'reasons'> {
  person: string;
  policy: { id: string; version: string } | null;
  reasons: (ToldReason & { case?: string })[];
}

export function showToStaff(of: PersonStatus): StaffStatus {
  const { reasons, policy } = of.status;
  return {
    person: of.person,
    ...showToCitizen(of),
    policy,
    reasons: reasons.map((fact) => ({ ...tellReason(fact), ...('case' in fact && { case: fact.case }) })),
  };
}
