import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { install } from '../install.mjs';
import { Fault, say } from '../say.mjs';
import { startPair, stopPair } from '../services/pair.mjs';
import { Lock } from '../start/lock.mjs';
import { listenForSignals, stop, stopping } from '../stopping.mjs';
import { steps } from './steps.mjs';
import { addUp, summary, tell } from './summary.mjs';

const root = resolve(import.meta.dirname, '../..');
const data = join(root, '.test-data');
const [shared, solo] = ['shared', 'solo'].map((name) => join(data, name));

/** Small servers: tests hold little, and the two pairs run beside the tests themselves. */
const small = { NEO4J_HEAP: '768m', NEO4J_PAGECACHE: '128m' };

const help = `npm test [-- --only ${Object.keys(steps).join(',')}]

  Runs every check and every test on a private Redis and Neo4j; the last line is the total.
`;

/** `npm test`: the steps one after the other; the last line is the true total, the exit code 0 when nothing failed. */
export async function test(args) {
  const { values } = parseArgs({ args, options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return void process.stdout.write(help);
  const wanted = choose(values.only);
  listenForSignals();
  const lock = new Lock(data, { script: 'test.mjs', title: 'Tests run', beside: 'wait for its end' });
  await lock.take();
  const results = [];
  try {
    await clean();
    await install(root);
    for (const name of wanted) results.push(await runStep(name));
  } finally {
    stop();
    await Promise.all([shared, solo].map(stopPair));
    lock.release();
  }
  process.stdout.write(`\n${summary(results)}\n`);
  const { failed } = addUp(results);
  if (failed > 0) process.exitCode = 1;
}

function choose(only) {
  const all = Object.keys(steps);
  const wanted = only?.split(',') ?? all;
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length) throw new Fault(`There is no step ${unknown.join(', ')}.`, `There are: ${all.join(', ')}`);
  return all.filter((name) => wanted.includes(name));
}

/** Every run begins with empty servers; whatever an earlier run left that was killed is stopped first. */
async function clean() {
  await Promise.all([shared, solo].map(stopPair));
  for (const dir of [shared, solo]) rmSync(dir, { recursive: true, force: true });
}

async function runStep(name) {
  const { run, needs } = steps[name];
  const env = needs ? { ...process.env, ...(await services()) } : process.env;
  stopping.throwIfAborted();
  say(`— ${name}`);
  const begun = Date.now();
  const result = { name, ...(await run({ root, env })), seconds: (Date.now() - begun) / 1000 };
  stopping.throwIfAborted();
  for (const line of result.slowest ?? []) say(`  ${line}`);
  say(tell(result));
  return result;
}

let running;

/** The two pairs: `shared` by the medium tests, each with ids of its own; the other for files that run one by one. */
const services = () => (running ??= startServices());

async function startServices() {
  say('Starting two private pairs of Redis and Neo4j');
  Object.assign(process.env, { ...small, ...process.env });
  const { env } = await startPair(shared);
  const { env: own } = await startPair(solo);
  const forSolo = Object.fromEntries(Object.entries(own).map(([key, value]) => [`TEST_SOLO_${key}`, value]));
  return { ...env, ...forSolo, TEST_SOLO_DIR: solo, LOG_LEVEL: 'warn' };
}
