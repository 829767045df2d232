import { z } from 'zod';
import { usualPushServices } from './push-services.js';

/** A whole number given as text, within bounds. */
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** A flag as people write it in an environment. */
const flag = z.enum(['on', 'off']).transform((text) => text === 'on');

const schema = z.object({
  /** Where the API listens. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(8080),
  /** The address people reach the API at, for venue codes and pairing links; the listening address when not set. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  NEO4J_URI: z.url({ protocol: /^(neo4j|bolt)(\+s|\+ssc)?$/ }),
  NEO4J_USER: z.string().min(1).default('neo4j'),
  NEO4J_PASSWORD: z.string().min(1),
  NEO4J_DATABASE: z.string().min(1).default('neo4j'),
  /** Generated secrets, run.json and logs live here, mode 0600. */
  DATA_DIR: z.string().min(1).default('.data'),
  /** The master keys, `id=key`, newest first, or the file that holds them; without either the installation's own. */
  MASTER_KEYS: z.string().min(1).optional(),
  MASTER_KEYS_FILE: z.string().min(1).optional(),
  /** Days a stay is kept. Source: 21 days, SPEC section 10. */
  RETENTION_DAYS: whole(1, 3_650).default(21),
  /** How many parts the people are divided into; fixed for an installation (DESIGN section 5). */
  SHARDS: whole(1, 256).default(1),
  /** Where the tracer reads stays: columns of its own, kept up with the graph, or the graph (DESIGN section 4). */
  STAY_READER: z.enum(['memory', 'graph']).default('memory'),
  /** Who delivers one-time codes: printed to the log of a demo, or posted to a service of one's own. */
  OTP_SENDER: z.enum(['console', 'http']).default('console'),
  OTP_SENDER_URL: z.url().optional(),
  /** Whose EU certificates are believed: a JSON list of {kid, certificate}; `dcc-trust-list.json` in DATA_DIR if not set. */
  DCC_TRUST_LIST: z.string().min(1).optional(),
  /** The push services that messages may be sent to, by origin; those of the usual browsers where nothing is set. */
  PUSH_SERVICES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .default(usualPushServices),
  /** Whom a push service writes to when something is wrong with our messages (VAPID): mailto: or https: */
  PUSH_CONTACT: z.url({ protocol: /^(mailto|https)$/ }).default('mailto:postmaster@localhost'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** A demo installation says so on every page and prints one-time codes where its visitor sees them. */
  DEMO: flag.default(false),
});

/** Everything this process was told from outside, checked once at start. */
export type Env = z.infer<typeof schema>;

/** An environment that cannot be used; `message` names every fault at once, one a line. */
export class EnvError extends Error {}

/** Checks the environment. Throws one {@link EnvError} that lists all faults together. */
export function loadEnv(from: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ''));
  const { success, data, error } = schema.safeParse(given);
  const faults = success ? crossFaults(data) : error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (!success || faults.length) throw new EnvError(['The environment is not usable:', ...faults].join('\n  '));
  return data;
}

function crossFaults(env: Env): string[] {
  const two = env.MASTER_KEYS !== undefined && env.MASTER_KEYS_FILE !== undefined;
  return [
    ...(env.OTP_SENDER === 'http' && !env.OTP_SENDER_URL ? ['OTP_SENDER_URL: needed when OTP_SENDER is http'] : []),
    ...(two ? ['MASTER_KEYS_FILE: one of it and MASTER_KEYS, got both'] : []),
  ];
}
