import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../config/clock.js';
import { loadEnv } from '../../config/env.js';
import { newId } from '../../config/ids.js';
import { createLog } from '../../config/log.js';
import { connectRedis, connectRedisBlocking } from '../../config/redis.js';
import { Graph, step } from '../../graph/graph.js';
import { migrate } from '../../graph/migrate.js';
import { News } from '../../src/people/news.js';
import { pushStream, unpackPush } from '../../src/streams.js';
import { Relay } from '../relay.js';
import { until } from '../until.js';

const env = loadEnv(process.env);
const graph = Graph.connect(env);
const redis = connectRedisBlocking(env.REDIS_URL);
beforeAll(() => migrate(graph, systemClock()));
afterAll(async () => {
  redis.disconnect();
  await graph.close();
});

/** What was told of a venue since a place of the stream. */
async function toldOf(venue: string, since: string): Promise<number> {
  const entries = await redis.xrange(pushStream, `(${since}`, '+');
  const news = entries.flatMap(([, [, body = '']]) => unpackPush(body));
  return news.filter((item) => item.push === 'venue-changed' && item.venue === venue).length;
}

it('a change is kept while Redis is away, and told once it is back', async () => {
  const { relay, url } = await Relay.open(env.REDIS_URL);
  const wire = connectRedis(url);
  wire.on('error', () => undefined);
  const news = new News(graph, wire, systemClock, createLog('test', 'silent'));
  try {
    const id = newId();
    const place = { name: 'Before', kind: 'shop' as const, setting: 'closed', zones: [] };
    const venue = { id, code: id, ...place, unit: null, lat: null, lon: null, capacity: null };
    await graph.write('venues/create', { venue, owner: null, atMs: systemClock() });
    const since = (await redis.xrevrange(pushStream, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0-0';
    relay.cut();
    await until('Redis is away', () => wire.status !== 'ready');
    await news.write(
      [step('venues/change', { venue: { ...venue, name: 'After' } })],
      [{ push: 'venue-changed', venue: id }],
    );
    expect((await graph.read('venues/by_id', { id }))[0]?.venue.name).toBe('After');
    relay.mend();
    await until('Redis is back', () => wire.status === 'ready');
    news.onApplicationBootstrap();
    await until('it is told', async () => (await toldOf(id, since)) > 0);
  } finally {
    news.onApplicationShutdown();
    wire.disconnect();
    relay.close();
  }
});
