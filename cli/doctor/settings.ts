import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../address.js';

/** The environment as the processes of this installation see it. */
export type Settings = Record<string, string | undefined> & { DATA_DIR: string };

interface Services {
  redisPort: number;
  redisPassword: string;
  neo4jPort: number;
  neo4jPassword: string;
}

/** What is set, completed by what `npm start` chose for the Redis and Neo4j of its own (`services.json`). */
export function settingsOf(env: Record<string, string | undefined>): Settings {
  const folder = dataDir(env);
  const file = join(folder, 'services.json');
  if (!existsSync(file)) return { ...env, DATA_DIR: folder };
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Services;
  const own = {
    REDIS_URL: `redis://:${kept.redisPassword}@127.0.0.1:${kept.redisPort}`,
    ...(!env['NEO4J_URI'] && {
      NEO4J_URI: `bolt://127.0.0.1:${kept.neo4jPort}`,
      NEO4J_PASSWORD: kept.neo4jPassword,
    }),
  };
  return { ...own, ...withoutEmpty(env), DATA_DIR: folder };
}

const withoutEmpty = (env: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
