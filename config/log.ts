import { pino, type Logger } from 'pino';

/** Nest's token for the {@link Logger}. */
export const LOG = Symbol('log');

/** Keys that would carry personal data or secrets: cut at any of the first two levels, should one ever slip in. */
const never = ['code', 'name', 'phone', 'birthDate', 'password', 'token', 'authorization', 'displayName', 'value'];

/** A log of facts: `log.info({ fact: 'shard-caught-up', shard, lagMs })`, ids and numbers, never a person's data. */
export function createLog(processName: string, level: string): Logger {
  const paths = never.flatMap((key) => [key, `*.${key}`]);
  return pino({ base: { process: processName }, level, redact: { paths, remove: true } });
}

export type { Logger };
