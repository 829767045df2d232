import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { PolicyBook } from '../src/domain/policy/book.js';
import { inForce, policy, type Policy } from '../src/domain/policy/policy.js';
import type { RulesAt } from '../src/domain/stay/rules.js';

const folder = new URL('policies/', import.meta.url);

/** A policy as it stands in a file, beside its text: the text is what the graph keeps and compares. */
export interface PolicyFile {
  policy: Policy;
  /** Canonical JSON: the same content has the same text, however the file is laid out. */
  text: string;
}

/** The policies this installation is born with. Throws, naming the file and every fault, when one is not usable. */
export function loadPolicyFiles(): PolicyFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const given: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    const { success, data, error } = policy.safeParse(given);
    if (!success) throw new Error(`config/policies/${name} is not usable:\n${z.prettifyError(error)}`);
    return { policy: data, text: canonical(given) };
  });
}

/** The same, without their texts. */
export const loadPolicies = (): Policy[] => loadPolicyFiles().map((file) => file.policy);

/** JSON with the keys of every object in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The stay rules in force for a unit at an instant; a unit without a policy of its own folds by the neutral one. */
export function stayRulesAt(policies: Policy[]): RulesAt {
  const book = new PolicyBook(policies);
  return (unit, atMs) => {
    const own = unit === null ? undefined : inForce(book.of([unit]), atMs);
    const found = own ?? inForce(book.of([]), atMs);
    if (!found) throw new Error(`no policy covers the instant ${atMs}`);
    return found.stays;
  };
}
