import { readFileSync } from 'node:fs';
import { loadSecrets } from '../config/secrets.js';
import { Tokens } from '../src/auth/tokens.js';
import { ask, type System } from './system.js';

const neutral = JSON.parse(readFileSync(new URL('../config/policies/neutral.json', import.meta.url), 'utf8')) as {
  colours: { Identifier: string; colour: string }[];
  contact: object;
  sources: Record<string, string>;
};

const sources: Record<string, string> = { ...neutral.sources, bulkChangeGuard: 'assumption: a test' };
/** The neutral rules as their file holds them, for tests to make rules of their own from, with a guard or without. */
export const neutralRules = { ...neutral, sources };

/** The same without the rule for people nobody vouched for, whom files bring: they would all be grey. */
export const openRules = {
  ...neutralRules,
  colours: neutralRules.colours.filter(({ Identifier }) => Identifier !== 'unverified'),
};

/** The token of an officer who may do everything in a unit, or everywhere. */
export function officer({ dataDir }: Pick<System, 'dataDir'>, id: string, unit?: string): Promise<string> {
  const caller = { id, kind: 'operator' as const, roles: ['head' as const, 'admin' as const, 'tracer' as const] };
  return new Tokens(loadSecrets(dataDir), Date.now).sign({ ...caller, ...(unit && { unit }) }, 7_200);
}

/** A request that must be answered well, by the operator unless a token is given; resolves to its body. */
export async function well<T>(system: System, request: string, sent: Parameters<typeof ask>[2] = {}): Promise<T> {
  const headers = { purpose: 'operation', ...sent.headers };
  const { status, body } = await ask(system, request, { ...sent, headers });
  if (status >= 300) throw new Error(`${request}: ${status} ${JSON.stringify(body)}`);
  return body as T;
}

/** The internal id of somebody whom files call by a name. */
export async function idOf(system: System, name: string): Promise<string> {
  const { items } = await well<{ items: { id: string }[] }>(system, `GET /people?identifier=import:${name}`);
  return items[0]!.id;
}

/** A version on its whole way, as two officers do it; throws when it is not published before it begins. */
export async function publish(system: System, policy: { validFrom: string; [field: string]: unknown }): Promise<void> {
  const [first, second] = await Promise.all(['first', 'second'].map((id) => officer(system, id)));
  const { id } = await well<{ id: string }>(system, 'POST /policies/drafts', { body: policy, token: first! });
  await well(system, `POST /policies/drafts/${id}/simulate`, { body: {}, token: first! });
  await well(system, `POST /policies/drafts/${id}/approve`, { token: first! });
  const done = await well<{ state: string }>(system, `POST /policies/drafts/${id}/approve`, { token: second! });
  if (done.state !== 'published' || Date.now() >= Date.parse(policy.validFrom)) throw new Error('published too late');
}
