import { say } from '../say.mjs';
import { neo4jRuns } from '../services/neo4j.mjs';
import { startPair } from '../services/pair.mjs';
import { redisRuns } from '../services/redis.mjs';
import { rest, stopping } from '../stopping.mjs';

/** How often Redis and Neo4j are looked at. */
const everyMs = 1_000;

/** Starts our Redis and Neo4j again when one of them has ended; the API and the worker wait for them meanwhile. `stop()` waits for the last look. */
export function watchServices(dir, given) {
  const watching = watch(dir, given);
  return { stop: () => watching };
}

async function watch(dir, given) {
  const runs = { Redis: () => given.REDIS_URL || redisRuns(dir), Neo4j: () => given.NEO4J_URI || neo4jRuns(dir) };
  while (!stopping.aborted) {
    await rest(everyMs);
    const ended = stopping.aborted ? [] : Object.keys(runs).filter((name) => !runs[name]());
    if (ended.length) await startAgain(ended, dir, given);
  }
}

async function startAgain(ended, dir, given) {
  say(`${ended.join(' and ')} ended: starting again`);
  try {
    await startPair(dir, given);
  } catch (error) {
    if (!stopping.aborted) say(error.message);
  }
}
