import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../say.mjs';
import { rest, stopping } from '../stopping.mjs';
import { Keeper } from './keeper.mjs';

/** How long the city may take until its first people move (assumption: many times what was measured). */
const readyWithinMs = 120_000;

/** Lets the demo city live; resolves to the log-ins of its staff and links for its visitor. A city that cannot be built stops nothing else. */
export async function startDemo({ root, env, lock, started }) {
  say('Waking the demo city');
  const log = join(env.DATA_DIR, 'logs', 'demo.log');
  const keeper = new Keeper({
    name: 'demo',
    args: [join(root, 'dist/demo/main.js')],
    env: { ...env, VETXANH_PROCESS: 'demo' },
    log,
    lock,
  });
  started.push(keeper);
  keeper.start();
  const end = Date.now() + readyWithinMs;
  while (!keeper.lastLines.includes('the city lives')) {
    if (keeper.hasEnded || Date.now() > end) {
      say(`The demo city is not awake: ${keeper.lastLines.at(-1) ?? 'it said nothing'} (all of it: ${log})`);
      break;
    }
    await rest(100);
    stopping.throwIfAborted();
  }
  keeper.keep();
  const file = join(env.DATA_DIR, 'demo.json');
  const { logins = [], visitor, citizen, officer } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return { logins, gateLink: visitor?.link, citizenLink: citizen, officerLink: officer };
}
