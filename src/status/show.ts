import { tellReason, type ToldReason } from '../domain/colour/told.js';
import type { CitizenStatus } from '../events.js';
import type { PersonStatus } from '../told-statuses.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A status as the person hears it. */
export function showToCitizen({ version, atMs, status }: PersonStatus): CitizenStatus {
  const { colour, rule, text, reasons, nextChangeAt } = status;
  return {
    colour,
    rule,
    reasons: reasons.map(tellReason),
    text,
    nextChangeAt: nextChangeAt === null ? null : iso(nextChangeAt),
    version,
    at: iso(atMs),
  };
}

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
