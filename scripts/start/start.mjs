import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../build.mjs';
import { install } from '../install.mjs';
import { run } from '../run.mjs';
import { Fault, say } from '../say.mjs';
import { startPair, stopPair } from '../services/pair.mjs';
import { listenForSignals, rest, stop, stopping, untilStopped } from '../stopping.mjs';
import { startDemo } from './demo.mjs';
import { Lock } from './lock.mjs';
import { addressOf, checkSettings, choosePort } from './settings.mjs';
import { startSystem } from './system.mjs';
import { watchServices } from './watch.mjs';

const root = resolve(import.meta.dirname, '../..');
const help = `npm start [-- --no-demo]

  Installs, starts Redis and Neo4j unless REDIS_URL and NEO4J_URI name servers of your own, builds, starts the API and
  the worker, and lets a small demo city live. Ctrl-C stops everything. README.md lists the settings.
`;

const who = {
  script: 'start.mjs',
  title: 'VetXanh runs',
  beside: 'start another one beside it: DATA_DIR=.data2 PORT=8081 npm start',
};

/** `npm start`: everything up to a living system, then waits for Ctrl-C and stops all that it started. */
export async function start(args) {
  const { values } = parseArgs({ args, options: { 'no-demo': { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return void process.stdout.write(help);
  listenForSignals();
  const settings = await choosePort(checkSettings(process.env, root));
  const lock = new Lock(settings.DATA_DIR, who);
  await lock.take();
  const started = [];
  try {
    await goUp({ settings, lock, started, wantsDemo: !values['no-demo'] });
    await untilStopped();
  } catch (error) {
    if (!stopping.aborted) throw error;
  } finally {
    stop();
    await goDown(started);
    lock.release();
  }
}

async function goUp({ settings, lock, started, wantsDemo }) {
  await install(root);
  const address = await addressOf(settings);
  say('Starting Redis and Neo4j');
  started.push({ stop: () => stopPair(settings.DATA_DIR) });
  const [{ env: services }] = await Promise.all([startPair(settings.DATA_DIR, settings), build(root)]);
  const env = { ...process.env, ...settings, ...services, ...(wantsDemo && { DEMO: 'on' }) };
  await applySchema(env);
  stopping.throwIfAborted();
  const url = await startSystem({ root, env, lock, started, address });
  started.push(watchServices(settings.DATA_DIR, settings));
  const demo = wantsDemo ? await startDemo({ root, env, lock, started }) : { logins: [] };
  tellWhere(url, demo, settings);
}

/** Neo4j may still be waking up when it is a server of one's own. */
async function applySchema(env) {
  const lines = [];
  for (let tries = 1; ; tries++) {
    const code = await run(process.execPath, [resolve(root, 'dist/graph/migrate.js')], {
      cwd: root,
      env,
      onLine: (line) => lines.push(line),
    });
    if (code === 0) return say(lines.at(-1) ?? 'schema: up to date');
    stopping.throwIfAborted();
    if (tries === 3) break;
    await rest(1_000);
  }
  const reason = lines.find((line) => /Error|not usable|:/.test(line)) ?? lines.at(-1);
  throw new Fault(
    `The schema could not be applied at ${env.NEO4J_URI}: ${reason}`,
    'Are NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD right?',
  );
}

/** In the opposite order: whoever uses something stops before it does. */
async function goDown(started) {
  if (started.length) say('Stopping');
  for (const one of started.reverse()) await one.stop();
  if (started.length) say('Everything that was started has stopped');
}

function tellWhere(url, { logins, gateLink, citizenLink, officerLink }, { DATA_DIR }) {
  const rows = [
    ['a place of yours', `${url}/owner   one-time codes of this demo are shown here`],
    ...(gateLink ? [['DEMO gate', `${gateLink}   (pairs one device, once)`]] : []),
    ...(citizenLink ? [['DEMO citizen', `${citizenLink}   (one of the city’s invented people; logs in once)`]] : []),
    ...(officerLink ? [['DEMO officer', `${officerLink}   (the head of the city’s unit; logs in once)`]] : []),
    ['officers', `${url}/officer`],
    ['API', `${url}/api/v1`],
    ['its documentation', `${url}/docs`],
    ['is it well?', `${url}/health/ready   or: npx vetxanh doctor`],
    ['logs and secrets', DATA_DIR],
    ...logins.map(({ username, password, roles }) => [
      `demo log-in`,
      `${username}   ${password}   (${roles.join(', ')})`,
    ]),
  ];
  const lines = rows.map(([what, where]) => `    ${what.padEnd(18)} ${where}`);
  process.stderr.write(`\n  VetXanh is running. Ctrl-C stops it.\n\n${lines.join('\n')}\n\n`);
}
