import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, say } from '../say.mjs';
import { rest, stopping } from '../stopping.mjs';
import { Keeper } from './keeper.mjs';

/** How long the API may take until it is ready (assumption: many times what was measured). */
const readyWithinMs = 60_000;

/** Starts the API and the worker and keeps them running; resolves to the API's address once it is ready. */
export async function startSystem({ root, env, lock, started, address }) {
  const runFile = join(env.DATA_DIR, 'run.json');
  rmSync(runFile, { force: true });
  say('Starting the API and the worker');
  const make = (name, script) => {
    const log = join(env.DATA_DIR, 'logs', `${name}.log`);
    const keeper = new Keeper({
      name,
      args: [join(root, 'dist', script)],
      env: { ...env, VETXANH_PROCESS: name },
      log,
      lock,
    });
    started.push(keeper);
    keeper.start();
    return keeper;
  };
  const api = make('api', 'src/main.js');
  const worker = make('worker', 'workers/main.js');
  const url = await untilReady([api, worker], () => isReady(runFile, address));
  for (const keeper of [api, worker]) keeper.keep();
  return url;
}

async function untilReady(keepers, ask) {
  const end = Date.now() + readyWithinMs;
  for (;;) {
    const url = await ask();
    if (url) return url;
    const dead = keepers.find((keeper) => keeper.hasEnded);
    if (dead) throw new Fault(`It ended while it was starting:\n         ${dead.lastLines.join('\n         ')}`);
    if (Date.now() > end)
      throw new Fault(
        `The API did not get ready in ${readyWithinMs / 1000} s.`,
        'Its log is in the data folder, logs/api.log.',
      );
    await rest(100);
    stopping.throwIfAborted();
  }
}

/** The address of the API once it says there that it is ready; undefined while it is not. */
async function isReady(runFile, address) {
  if (!existsSync(runFile)) return undefined;
  const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
  return answer?.ok ? address : undefined;
}
