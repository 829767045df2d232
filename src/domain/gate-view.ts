import type { Evidence } from './colour/evidence.js';
import { abbreviateName } from './identity/names.js';
import type { Gender, PersonFields } from './identity/person.js';

/** What a gate may use of one person: sealed in Redis, rebuilt from the graph when it is missing. */
export interface GateView {
  /** Abbreviated, empty when the name is not known. */
  displayName: string;
  birthYear?: number;
  gender?: Gender;
  /** Whether somebody vouched for who this is. */
  verified: boolean;
  /** The unit the person lives in. */
  unit: string | null;
  /** What colours rest on: each door asks by the policy of its own place. */
  evidence: Evidence[];
}

/** Cuts a person's record down to what venue staff may see (SPEC section 4). */
export function gateView(
  fields: PersonFields,
  { verified, unit, evidence }: Pick<GateView, 'verified' | 'unit' | 'evidence'>,
): GateView {
  const view: GateView = { displayName: abbreviateName(fields.name ?? ''), verified, unit, evidence };
  if (fields.birthDate !== undefined) view.birthYear = Number(fields.birthDate.slice(0, 4));
  if (fields.gender !== undefined) view.gender = fields.gender;
  return view;
}
