import type { Redis } from 'ioredis';

/**
 * What workers say of themselves in Redis, for metrics, officers and the command line: ids and numbers only. It can be
 * lost: a worker writes it again.
 */

/** What the audits of all day have found so far. */
export interface AuditState {
  /** When the last one ended, epoch milliseconds; null before the first. */
  at: number | null;
  /** People and cases looked at since the first, by check. */
  looked: Record<string, number>;
  /** People and cases that were stored otherwise than their facts give, and still are. */
  open: { check: string; subject: string }[];
  /** Since when there are any; null while there are none. */
  since: number | null;
}

const auditKey = 'worker-state:audit';

export async function readAuditState(redis: Redis): Promise<AuditState> {
  const text = await redis.get(auditKey);
  return text === null ? { at: null, looked: {}, open: [], since: null } : (JSON.parse(text) as AuditState);
}

export async function writeAuditState(redis: Redis, state: AuditState): Promise<void> {
  await redis.set(auditKey, JSON.stringify(state));
}

/** How many people and cases differ, by check. */
export function byCheck({ open }: AuditState): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { check } of open) counts[check] = (counts[check] ?? 0) + 1;
  return counts;
}
