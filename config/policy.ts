import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { policy, type Policy } from '../src/domain/policy/policy.js';
import type { RulesAt } from '../src/domain/stay/rules.js';

const folder = new URL('policies/', import.meta.url);

/** The policies this installation is born with. Throws, naming the file and every fault, when one is not usable. */
export function loadPolicies(): Policy[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const { success, data, error } = policy.safeParse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    if (!success) throw new Error(`config/policies/${name} is not usable:\n${z.prettifyError(error)}`);
    return data;
  });
}

/** The stay rules in force for a unit at an instant; a unit without a policy of its own folds by the neutral one. */
export function stayRulesAt(policies: Policy[]): RulesAt {
  const inForce = (area: string | null, atMs: number) =>
    policies.find((p) => p.area === area && p.validFrom <= atMs && (p.validTo === null || atMs < p.validTo));
  return (unit, atMs) => {
    const found = (unit === null ? undefined : inForce(unit, atMs)) ?? inForce(null, atMs);
    if (!found) throw new Error(`no policy covers the instant ${atMs}`);
    return found.stays;
  };
}
