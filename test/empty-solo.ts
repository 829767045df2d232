import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from '@jest/globals';
import neo4j from 'neo4j-driver';
import { connectRedisBlocking } from '../config/redis.js';
import { soloServers } from './system.js';

/**
 * Every file that has the servers to itself begins with empty ones; what others have left would be audited, traced and
 * found along, which makes a file slower the later it comes.
 */
beforeAll(async () => {
  const servers = soloServers();
  const redis = connectRedisBlocking(servers.REDIS_URL);
  const auth = neo4j.auth.basic(servers.NEO4J_USER, servers.NEO4J_PASSWORD);
  const driver = neo4j.driver(servers.NEO4J_URI, auth);
  const session = driver.session();
  try {
    await redis.flushall();
    await session.run('MATCH (n:!Migration) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
  } finally {
    redis.disconnect();
    await session.close();
    await driver.close();
  }
  rmSync(join(process.env['TEST_SOLO_DIR']!, 'app', 'stays.snapshot'), { force: true });
}, 120_000);
