import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { install } from '../install.mjs';
import { Fault, say } from '../say.mjs';
import { startPair, stopPair } from '../services/pair.mjs';
import { Lock } from '../start/lock.mjs';
import { listenForSignals, stop, stopping } from '../stopping.mjs';
import { order, steps } from './steps.mjs';
import { addUp, summary, tell } from './summary.mjs';

const root = resolve(import.meta.dirname, '../..');
const data = join(root, '.test-data');
const folders = { first: join(data, 'first'), second: join(data, 'second') };

/** Small servers: tests hold little, and two pairs run beside the tests themselves. */
const memory = { NEO4J_HEAP: '768m', NEO4J_PAGECACHE: '128m' };

const help = `npm test [-- --only ${Object.keys(steps).join(',')}]

  Runs every check and every test on a private Redis and Neo4j; the last line is the total.
`;

/** `npm test`: the steps in their order; the last line is the true total, the exit code 0 when nothing failed. */
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
    for (const names of wanted) results.push(...(await Promise.all(names.map(runStep))));
  } finally {
    stop();
    await Promise.all(Object.values(folders).map(stopPair));
    lock.release();
  }
  process.stdout.write(`\n${summary(results)}\n`);
  const { failed } = addUp(results);
  if (failed > 0) process.exitCode = 1;
}

function choose(only) {
  const all = order.flat();
  const wanted = only?.split(',') ?? all;
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length) throw new Fault(`There is no step ${unknown.join(', ')}.`, `There are: ${all.join(', ')}`);
  return order.map((names) => names.filter((name) => wanted.includes(name)));
}

/** Every run begins with empty servers; whatever an earlier run left that was killed is stopped first. */
async function clean() {
  await Promise.all(Object.values(folders).map(stopPair));
  for (const dir of Object.values(folders)) rmSync(dir, { recursive: true, force: true });
}

async function runStep(name) {
  const { run, pair } = steps[name];
  const env = pair ? { ...process.env, ...(await services(pair)) } : process.env;
  stopping.throwIfAborted();
  say(`— ${name}`);
  const begun = Date.now();
  const result = { name, ...(await run({ root, env })), seconds: (Date.now() - begun) / 1000 };
  stopping.throwIfAborted();
  say(tell(result));
  return result;
}

const started = {};

/** A pair of servers, started when the first step asks for it; medium tests share it, each with ids of its own. */
const services = (pair) => (started[pair] ??= startServices(folders[pair]));

async function startServices(dir) {
  say('Starting a private pair of Redis and Neo4j');
  Object.assign(process.env, { ...memory, ...process.env });
  const { env } = await startPair(dir);
  const alone = Object.fromEntries(Object.entries(env).map(([key, value]) => [`TEST_SOLO_${key}`, value]));
  return { ...env, ...alone, TEST_SOLO_DIR: dir, LOG_LEVEL: 'warn' };
}
