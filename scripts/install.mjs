import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { Fault, say } from './say.mjs';
import { needRoom } from './services/room.mjs';

/** Installs what package-lock.json says, unless that is what is there. */
export async function install(root) {
  if (isInstalled(root)) return;
  needRoom(root);
  say('Installing the libraries (npm ci)');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
  if (code !== 0)
    throw new Fault(
      'The libraries could not be installed (npm says why above).',
      'Is the network there? Try `npm ci`.',
    );
}

/** npm leaves a list of what it installed, last of all; it has to name the versions of package-lock.json. */
export function isInstalled(root) {
  const [wanted, there] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) =>
    versions(join(root, name)),
  );
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => (optional && !there[path]) || there[path]?.version === version,
  );
}

function versions(file) {
  if (!existsSync(file)) return {};
  const { '': _root, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  return packages;
}
