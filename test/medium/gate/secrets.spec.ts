import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import neo4j from 'neo4j-driver';
import type { Redis } from 'ioredis';
import { symbols } from 'pino';
import type { Socket } from 'socket.io-client';
import { loadEnv } from '../../../config/env.js';
import { LOG, type Logger } from '../../../config/log.js';
import { REDIS } from '../../../config/redis.js';
import type { ScanReply } from '../../../src/events.js';
import { askOver, openHouse, scanOf, until, type House } from './house.js';

let house: House;
let socket: Socket;
/** Everything the process wrote into its log, at the level that tells most. */
let logged = '';

const digits = (count: number) => Array.from(randomBytes(count), (byte) => byte % 10).join('');
const planted = {
  idNumber: `001093${digits(6)}`,
  oldNumber: digits(9),
  qid: digits(18),
  insurance: `DN4${digits(12)}`,
  phone: `09${digits(8)}`,
  name: `Quách Tuyết${randomBytes(4).toString('hex')}`,
  street: `Ngõ ${randomBytes(6).toString('hex')}`,
};
const { idNumber, oldNumber, qid, insurance, phone, name, street } = planted;
const hex = (text: string) => Buffer.from(text).toString('hex');

/** Papers of every kind, whole and damaged, of people who are known by then and of people who are not. */
const papers = [
  `${idNumber}|${oldNumber}|${name}|18011993|Nữ|${street}|01012022`,
  `${idNumber}|${name}|1993-01-18|0|${qid}|<2<${insurance}<${phone}`,
  `${insurance}|${hex(name)}|18/01/1993|2|${hex(street)}|79-034|01/01/2020|31/12/2099|$`,
  `${idNumber}|${oldNumber}|${name}`,
  `${idNumber} ${name} ${phone}`,
  `x|${name}|${phone}|${street}`,
];

/** A secret in the forms in which it could have leaked. */
const forms = (secret: string) => [secret, secret.toUpperCase(), hex(secret), Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, '')]; // prettier-ignore
const international = `+84${phone.slice(1)}`;

beforeAll(async () => {
  process.env['LOG_LEVEL'] = 'trace';
  house = await openHouse();
  const log = house.app.get<Logger>(LOG) as unknown as Record<symbol, { write: (line: string) => void }>;
  log[symbols.streamSym]!.write = (line) => (logged += line);
  const door = await house.gate();
  socket = house.connect(door.token);
  await until(() => socket.connected);
  for (const code of [...papers, ...papers]) await askOver<ScanReply>(socket, 'scan', scanOf(code));
});
afterAll(() => house.close());

describe('what people’s papers say', () => {
  it('was read: some were taken, some were not', () => {
    expect(logged).toContain('code-not-read');
  });

  it.each(Object.entries({ ...planted, international }))('does not lie in the log: %s', (_what, secret) => {
    for (const form of forms(secret)) expect(logged).not.toContain(form);
  });

  it('lies nowhere in Redis', async () => {
    const dump = await dumpOf(house.app.get<Redis>(REDIS));
    expect(dump).toContain('id:{cccd|');
    for (const secret of [...Object.values(planted), international])
      for (const form of forms(secret)) expect(dump).not.toContain(form);
  });

  it('lies nowhere in the graph', async () => {
    const dump = await dumpOfGraph();
    expect(dump).toContain('cccd|');
    for (const secret of [...Object.values(planted), international])
      for (const form of forms(secret)) expect(dump).not.toContain(form);
  });
});

/** Every key of Redis with what it holds. */
async function dumpOf(redis: Redis): Promise<string> {
  const parts: string[] = [];
  for (const key of await redis.keys('*')) {
    const kind = await redis.type(key);
    const held =
      kind === 'string' ? redis.get(key)
      : kind === 'list' ? redis.lrange(key, 0, -1)
      : kind === 'hash' ? redis.hgetall(key)
      : kind === 'stream' ? redis.xrange(key, '-', '+')
      : kind === 'zset' ? redis.zrange(key, '0', '-1')
      : redis.smembers(key); // prettier-ignore
    parts.push(key, JSON.stringify(await held));
  }
  return parts.join('\n');
}

async function dumpOfGraph(): Promise<string> {
  const env = loadEnv(process.env);
  const driver = neo4j.driver(env.NEO4J_URI, neo4j.auth.basic(env.NEO4J_USER, env.NEO4J_PASSWORD));
  try {
    const nodes = await driver.executeQuery('MATCH (n) RETURN properties(n) AS all');
    const relations = await driver.executeQuery('MATCH ()-[r]->() RETURN properties(r) AS all');
    return [...nodes.records, ...relations.records].map((record) => JSON.stringify(record.get('all'))).join('\n');
  } finally {
    await driver.close();
  }
}
