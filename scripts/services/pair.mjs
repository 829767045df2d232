import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { neo4jRuns, startNeo4j, stopNeo4j } from './neo4j.mjs';
import { freePort, isListening } from './ports.mjs';
import { redisRuns, startRedis, stopRedis } from './redis.mjs';
import { needRoomForFirst } from './room.mjs';

/** How long a port that was ours is waited for (assumption). */
const releaseMs = 5_000;

/**
 * Starts Redis and Neo4j of one data folder, or finds them running; those that the environment names are left alone.
 * `env` is what the processes of the product need to find them; `kill()` of either is `kill -9`.
 */
export async function startPair(dir, given = {}) {
  needRoomForFirst(dir, given);
  const kept = await settings(dir);
  const redis = given.REDIS_URL
    ? undefined
    : await startRedis({ dir, port: kept.redisPort, password: kept.redisPassword });
  const neo4j = given.NEO4J_URI
    ? undefined
    : await startNeo4j({ dir, port: kept.neo4jPort, password: kept.neo4jPassword });
  const env = {
    REDIS_URL: redis?.url ?? given.REDIS_URL,
    ...(neo4j ? { NEO4J_URI: neo4j.uri, NEO4J_USER: neo4j.user, NEO4J_PASSWORD: neo4j.password } : ownNeo4j(given)),
  };
  return { env, redis, neo4j, stop: () => stopPair(dir) };
}

/** Stops whatever runs on a data folder, also what is still starting or was left by a command that was killed. */
export async function stopPair(dir) {
  await Promise.all([stopRedis(dir), stopNeo4j(dir)]);
}

const ownNeo4j = ({ NEO4J_URI, NEO4J_USER = 'neo4j', NEO4J_PASSWORD }) => ({ NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD });

/**
 * Ports and passwords of a data folder, chosen once and kept there (mode 0600). A port that somebody else has taken
 * since is exchanged for a free one.
 */
async function settings(dir) {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'services.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const password = () => randomBytes(18).toString('hex');
  const chosen = {
    redisPort: await portFor(kept.redisPort, redisRuns(dir)),
    redisPassword: kept.redisPassword ?? password(),
    neo4jPort: await portFor(kept.neo4jPort, neo4jRuns(dir)),
    neo4jPassword: kept.neo4jPassword ?? password(),
  };
  writeFileSync(file, JSON.stringify(chosen, null, 2), { mode: 0o600 });
  return chosen;
}

async function portFor(kept, isOurs) {
  if (kept && (isOurs || (await isFreeSoon(kept)))) return kept;
  return freePort();
}

/** A server that was killed may hold its port for a moment longer than it lives; its clients know no other port. */
async function isFreeSoon(port) {
  for (const end = Date.now() + releaseMs; await isListening(port); await pause(50)) {
    if (Date.now() > end) return false;
  }
  return true;
}
