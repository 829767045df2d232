import { EnvError } from '../config/env.js';
import { canonical, loadPolicyFiles } from '../config/policy.js';
import { policy, type Policy } from '../src/domain/policy/policy.js';
import type { Graph } from './graph.js';

const keyOf = ({ id, version }: Policy): string => `${id}|${version}`;

/** What a version says without the words for what it rests on, which may be told better or in one more language. */
const rulesOf = (text: string): string => canonical({ ...(JSON.parse(text) as object), sources: undefined });

/**
 * Puts the policies of the files into the graph, each version once; from then on the graph is the truth (SPEC 6).
 * Throws when a file says something else than the version of that name which was published: that stops the start. Other
 * words for what the same rules rest on are taken over.
 */
export async function seedPolicies(graph: Graph, atMs: number): Promise<void> {
  const rows = loadPolicyFiles().map((file) => ({ key: keyOf(file.policy), text: file.text }));
  const stored = await graph.write('policies/seed', { rows, atMs });
  const texts = new Map(stored.map(({ key, text }) => [key, text]));
  const other = rows.filter(({ key, text }) => texts.get(key) !== text);
  const changed = other.filter(({ key, text }) => rulesOf(texts.get(key)!) !== rulesOf(text)).map(({ key }) => key);
  if (changed.length) {
    throw new EnvError(
      `config/policies: ${changed.join(', ')} was published with other content; give the change a version of its own`,
    );
  }
  if (other.length) await graph.write('policies/reword', { rows: other });
}

/** Every published version, ready to decide, with the instant at which it was published. */
export async function readPolicies(graph: Graph): Promise<{ policy: Policy; publishedAt: number }[]> {
  const stored = await graph.read('policies/all', {});
  return stored.map(({ text, publishedAt }) => ({ policy: policy.parse(JSON.parse(text)), publishedAt }));
}
