import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { connectRedis } from '../../config/redis.js';
import type { Check } from './machine.js';
import type { Settings } from './settings.js';

/** How long a service may take to answer (assumption). */
const patienceMs = 3_000;

const restart = 'Start it with "npm start", or set the address of a server of your own.';

/** Whether Redis answers, and keeps what it has acknowledged even if it is killed (DESIGN section 1). */
export async function checkRedis({ REDIS_URL: url }: Settings): Promise<Check> {
  const name = 'redis';
  if (!url) return { name, well: false, found: 'no address: REDIS_URL is not set', wayOn: restart };
  const redis = connectRedis(url);
  redis.on('error', () => undefined);
  try {
    await within(new Promise((resolve) => redis.once('ready', resolve)));
    const appends = await redis.config('GET', 'append*').catch(() => []);
    return judgeRedis(pairs(appends as string[]), hostOf(url));
  } catch (error) {
    return { name, well: false, found: `${hostOf(url)}: ${(error as Error).message}`, wayOn: restart };
  } finally {
    redis.disconnect();
  }
}

/** A server that does not tell its settings is taken at its word. */
function judgeRedis({ appendonly = 'yes', appendfsync = 'always' }: Record<string, string>, host: string): Check {
  if (appendonly === 'yes' && appendfsync === 'always') return { name: 'redis', well: true, found: `${host} answers` };
  const found = `${host} answers, but may lose what it acknowledged (appendonly ${appendonly}, appendfsync ${appendfsync})`;
  return {
    name: 'redis',
    well: false,
    found,
    wayOn: 'Set "appendonly yes" and "appendfsync always" in its configuration.',
  };
}

const pairs = (flat: string[]): Record<string, string> =>
  Object.fromEntries(flat.flatMap((key, at) => (at % 2 === 0 ? [[key, flat[at + 1] ?? '']] : [])));

/** Whether something at Neo4j's address speaks Bolt; whether its password is right, the API tells. */
export async function checkNeo4j({ NEO4J_URI: uri }: Settings): Promise<Check> {
  const name = 'neo4j';
  if (!uri) return { name, well: false, found: 'no address: NEO4J_URI is not set', wayOn: restart };
  try {
    const version = await within(shakeHands(new URL(uri)));
    return { name, well: true, found: `${hostOf(uri)} answers, Bolt ${version}` };
  } catch (error) {
    return { name, well: false, found: `${hostOf(uri)}: ${(error as Error).message}`, wayOn: restart };
  }
}

/**
 * The beginning of every Bolt connection: a magic number and four proposals, each a count of minors, the minor it goes down
 * from, and the major, answered by the version chosen. A count above the minor makes the server hang up.
 */
const proposals = Buffer.from('6060b017' + '00080805' + '00020404' + '00000104' + '00000003', 'hex');

function shakeHands({ protocol, hostname, port }: URL): Promise<string> {
  const at = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 7687) };
  const rejectUnauthorized = !protocol.includes('+ssc');
  const socket: Socket = protocol.includes('+s') ? connectTls({ ...at, rejectUnauthorized }) : connect(at);
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer')));
  return new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('hung up: this is no Bolt server')));
    socket.once('data', (chosen) => {
      resolve(`${chosen[3] ?? 0}.${chosen[2] ?? 0}`);
      socket.destroy();
    });
    socket.write(proposals);
  });
}

/** The host alone: an address may carry a password. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'an address that cannot be read';
}

async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1_000} s`)), patienceMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
