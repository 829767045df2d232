import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { EnvError, loadEnv } from '../../config/env.js';
import type { Settings } from './settings.js';

/** One thing that was looked at; `wayOn` says what to do when it is not well. */
export interface Check {
  name: string;
  well: boolean;
  found: string;
  wayOn?: string;
}

/** Room below which Redis and Neo4j may soon be unable to write (assumption). */
const roomBytes = 1_000_000_000;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const well = major > 20 || (major === 20 && minor >= 19);
  return { name: 'node', well, found: `Node ${version}`, ...(!well && { wayOn: 'Install Node 20.19 or newer.' }) };
}

/** Whether the processes would start with this environment. */
export function checkEnvironment(settings: Settings): Check {
  try {
    loadEnv(settings);
    return { name: 'environment', well: true, found: `complete, data in ${settings.DATA_DIR}` };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    const found = error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
      .join('; ');
    const wayOn = 'Set what is missing, or let "npm start" choose everything once.';
    return { name: 'environment', well: false, found, wayOn };
  }
}

export function checkDisk({ DATA_DIR: folder }: Settings): Check {
  const there = existsSync(folder) ? folder : dirname(folder);
  const { bavail, bsize } = statfsSync(there);
  const free = bavail * bsize;
  const found = `${(free / 1e9).toFixed(1)} GB free at ${there}`;
  if (free >= roomBytes) return { name: 'disk', well: true, found };
  return { name: 'disk', well: false, found, wayOn: 'Make room: below 1 GB Redis and Neo4j may soon refuse to write.' };
}
