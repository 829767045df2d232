import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNeo4j } from './neo4j.mjs';
import { freePort } from './ports.mjs';
import { startRedis } from './redis.mjs';

/**
 * Redis and Neo4j of one data folder, with generated passwords and ports kept there (mode 0600); those that the
 * environment names are left alone. `env` is what the processes of the product need to find them.
 */
export async function startPair(dir, given = {}) {
  const kept = settings(dir);
  const redis = given.REDIS_URL ? undefined : await startRedis({ dir, port: kept.redisPort, password: kept.redisPassword });
  const neo4j = given.NEO4J_URI ? undefined : await startNeo4j({ dir, port: kept.neo4jPort, password: kept.neo4jPassword });
  const env = {
    ...(redis ? { REDIS_URL: redis.url } : { REDIS_URL: given.REDIS_URL }),
    ...(neo4j
      ? { NEO4J_URI: neo4j.uri, NEO4J_USER: neo4j.user, NEO4J_PASSWORD: neo4j.password }
      : { NEO4J_URI: given.NEO4J_URI }),
  };
  const stop = async () => {
    await Promise.all([redis?.stop(), neo4j?.stop()]);
  };
  return { env, redis, neo4j, stop };
}

/** Chooses ports and passwords once for a data folder; what is already running there keeps its own. */
export async function preparePair(dir, wanted = {}) {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'services.json');
  if (existsSync(file)) return;
  const password = () => randomBytes(18).toString('hex');
  const chosen = {
    redisPort: await freePort(wanted.redisPort),
    redisPassword: password(),
    neo4jPort: await freePort(wanted.neo4jPort),
    neo4jPassword: password(),
  };
  writeFileSync(file, JSON.stringify(chosen, null, 2), { mode: 0o600 });
}

const settings = (dir) => JSON.parse(readFileSync(join(dir, 'services.json'), 'utf8'));
