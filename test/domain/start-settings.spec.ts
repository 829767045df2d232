import { describe, expect, it } from '@jest/globals';
import { checkSettings } from '../../scripts/start/settings.mjs';

const root = '/srv/vetxanh';

describe('checkSettings', () => {
  it('fills in what is not set, and takes an empty value for one that is not', () => {
    const defaults = { PORT: '8080', HOST: '127.0.0.1', DATA_DIR: '/srv/vetxanh/.data' };
    expect(checkSettings({}, root)).toEqual(defaults);
    expect(checkSettings({ PORT: '', REDIS_MAXMEMORY: '', NEO4J_URI: '' }, root)).toEqual(defaults);
  });

  it('names every fault in one message, each with its way on', () => {
    const wrong = { PORT: 'http', REDIS_MAXMEMORY: 'plenty', NEO4J_URI: 'bolt://127.0.0.1:7687' };
    const lines = [
      'PORT: expected a number up to 65535, got http.',
      'REDIS_MAXMEMORY: expected bytes such as 512mb or 2gb, got plenty.',
      'NEO4J_URI names a server of your own, but NEO4J_PASSWORD is not set.',
      'Set NEO4J_PASSWORD (and NEO4J_USER, unless it is neo4j).',
    ];
    expect(() => checkSettings(wrong, root)).toThrow(lines.join('\n         '));
  });

  it.each(['0', '65535'])('takes the port %s', (PORT) => {
    expect(checkSettings({ PORT }, root).PORT).toBe(PORT);
  });

  it.each(['65536', '-1', '80 80'])('refuses the port %s', (PORT) => {
    expect(() => checkSettings({ PORT }, root)).toThrow(`PORT: expected a number up to 65535, got ${PORT}.`);
  });

  it.each(['0', '1048576', '512mb', '2GB', '700k'])('takes %s of memory for Redis', (REDIS_MAXMEMORY) => {
    expect(() => checkSettings({ REDIS_MAXMEMORY }, root)).not.toThrow();
  });

  it.each(['1.5gb', '1 gb', 'mb', '1tb'])('refuses %s of memory for Redis', (REDIS_MAXMEMORY) => {
    expect(() => checkSettings({ REDIS_MAXMEMORY }, root)).toThrow(/^REDIS_MAXMEMORY: expected bytes/);
  });

  it('leaves the memory of a Redis of your own alone', () => {
    const own = { REDIS_URL: 'redis://127.0.0.1:6379', REDIS_MAXMEMORY: 'plenty' };
    expect(() => checkSettings(own, root)).not.toThrow();
  });
});
