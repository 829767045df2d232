import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../scripts/services/ports.mjs';
import { Program } from './program.js';

const root = resolve(import.meta.dirname, '..');

/** Redis and Neo4j that one system at a time has to itself: the files that use them run one after the other. */
export interface Servers {
  REDIS_URL: string;
  NEO4J_URI: string;
  NEO4J_USER: string;
  NEO4J_PASSWORD: string;
}

/** The built product as it runs: an API and a worker process on servers of their own. */
export interface System {
  url: string;
  operatorToken: string;
  dataDir: string;
  servers: Servers;
  api: Program;
  worker: Program;
  /** Stops what still runs. */
  stop(): Promise<void>;
}

/** What an answer of the API is for a test. */
export interface Answered {
  status: number;
  headers: Headers;
  /** The body, read as JSON when it is JSON, else its text. */
  body: unknown;
}

/** The private pair that `npm test` sets aside for whole systems. */
export function soloServers(): Servers {
  const names = ['REDIS_URL', 'NEO4J_URI', 'NEO4J_USER', 'NEO4J_PASSWORD'] as const;
  const missing = names.filter((name) => !process.env[`TEST_SOLO_${name}`]);
  if (missing.length) throw new Error(`run this through npm test: TEST_SOLO_${missing.join(', TEST_SOLO_')} not set`);
  return Object.fromEntries(names.map((name) => [name, process.env[`TEST_SOLO_${name}`]])) as unknown as Servers;
}

/**
 * Starts the product. Systems that follow each other on one graph share its secrets, so they share a data folder;
 * `env` adds settings. The address stays the same when the API is started again.
 */
export async function startSystem({ env = {} }: { env?: Record<string, string> } = {}): Promise<System> {
  const servers = soloServers();
  const dataDir = join(process.env['TEST_SOLO_DIR'] ?? mkdtempSync(join(tmpdir(), 'vetxanh-system-')), 'app');
  mkdirSync(dataDir, { recursive: true });
  const all = { ...process.env, ...servers, DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env };
  await migrateOnce(dataDir, all);
  const workerEnv = { ...all, VETXANH_PROCESS: 'worker' };
  const logs = join(dataDir, 'logs');
  const worker = new Program({ name: 'worker', script: 'workers/main.js', env: workerEnv, logs }, async () => true);
  const [first] = await Promise.all([startApi(dataDir, all), worker.start()]);
  const stop = async () => {
    await Promise.all([first.api.stop(), worker.stop()]);
  };
  return { ...first, dataDir, servers, worker, stop };
}

/** One more API process of a running system, as on another machine: both have the same secrets. It stops by itself. */
export async function startSecondApi(system: System): Promise<System> {
  const dataDir = `${system.dataDir}-2`;
  mkdirSync(dataDir, { recursive: true });
  copyFileSync(join(system.dataDir, 'secrets.json'), join(dataDir, 'secrets.json'));
  const env = { ...process.env, ...system.servers, DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  const second = await startApi(dataDir, env);
  return { ...system, ...second, dataDir, stop: async () => void (await second.api.stop()) };
}

async function startApi(
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<Pick<System, 'url' | 'operatorToken' | 'api'>> {
  const PORT = String(await freePort());
  const url = `http://127.0.0.1:${PORT}`;
  const runFile = join(dataDir, 'run.json');
  const told = () => JSON.parse(readFileSync(runFile, 'utf8')) as { token: string; pid: number };
  const hasTold = (): boolean => existsSync(runFile) && told().pid === api.pid;
  const api = new Program(
    { name: 'api', script: 'src/main.js', env: { ...env, PORT }, logs: join(dataDir, 'logs') },
    async () => (await isReady(url)) && hasTold(),
  );
  await api.start();
  return { url, operatorToken: told().token, api };
}

/** What is emptied between files keeps its schema: it is applied once for each set of schema files. */
async function migrateOnce(dataDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const dist = join(root, 'dist/graph');
  const mark = join(dataDir, 'schema');
  const files = readdirSync(join(dist, 'schema')).sort().join('\n');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === files) return;
  await promisify(execFile)(process.execPath, [join(dist, 'migrate.js')], { env });
  writeFileSync(mark, files);
}

/** One request to the API, by the operator unless another token is given; an empty one sends none. */
export async function ask(
  { url, operatorToken }: Pick<System, 'url' | 'operatorToken'>,
  request: string,
  sent: { body?: unknown; csv?: string; token?: string; headers?: Record<string, string>; patienceMs?: number } = {},
): Promise<Answered> {
  const [method, path] = request.split(' ') as [string, string];
  const token = sent.token ?? operatorToken;
  const type = sent.csv === undefined ? 'application/json' : 'text/csv';
  const text = sent.csv ?? (sent.body === undefined ? null : JSON.stringify(sent.body));
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(text !== null && { 'content-type': type }),
    ...sent.headers,
  };
  const signal = sent.patienceMs === undefined ? null : AbortSignal.timeout(sent.patienceMs);
  const response = await fetch(`${url}/api/v1${path}`, { method, headers, body: text, signal });
  const answer = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(answer) : answer };
}

/** Whether the API says that it and its services are ready. */
export async function isReady(url: string): Promise<boolean> {
  const { ok } = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) });
  return ok;
}

/** The command line as its users run it, with more settings if given; resolves to what it printed and its exit code. */
export async function vetxanh(
  { dataDir, env = {} }: Pick<System, 'dataDir'> & { env?: Record<string, string> },
  ...args: string[]
) {
  const run = promisify(execFile)(process.execPath, [join(root, 'cli/vetxanh.mjs'), ...args], {
    env: { ...process.env, DATA_DIR: dataDir, ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
  const ended = await run.then(
    (output) => ({ ...output, code: 0 }),
    (error: unknown) => error,
  );
  const { stdout, stderr, code } = ended as { stdout: string; stderr: string; code: number };
  return { stdout, stderr, code };
}
