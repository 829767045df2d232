import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Refused } from './errors.js';

/** Where the running system answers, and as whom the command line speaks. */
export interface Address {
  url: string;
  token: string;
}

type Environment = Record<string, string | undefined>;

const runFile = z.object({ url: z.url(), token: z.string().min(1), pid: z.int().optional() });

/** The project's folder, from its sources as from `dist`. */
const root = ['..', '../..']
  .map((up) => fileURLToPath(new URL(`${up}/`, import.meta.url)))
  .find((folder) => existsSync(join(folder, 'package.json')))!;

/** The folder of generated secrets and of run.json; a relative one is within the project, as for the API. */
export const dataDir = (env: Environment): string => resolve(root, env['DATA_DIR'] || '.data');

/**
 * `VETXANH_URL` and `VETXANH_TOKEN`, each otherwise from run.json, which the API writes at its start (SPEC 12). Throws
 * a {@link Refused} with a way on when nothing runs.
 */
export function findSystem(env: Environment): Address {
  const file = join(dataDir(env), 'run.json');
  const { VETXANH_URL: url, VETXANH_TOKEN: token } = env;
  if (url && token) return { url: withoutSlash(checkUrl(url)), token };
  const run = readRunFile(file);
  if (!run && url)
    throw new Refused(`no token: set VETXANH_TOKEN beside VETXANH_URL (there is no ${file} to read it from)`);
  if (!run)
    throw new Refused(
      `nothing runs here: start it with "npm start", or set VETXANH_URL and VETXANH_TOKEN (${file} is not there)`,
    );
  return { url: withoutSlash(url ? checkUrl(url) : run.url), token: token || run.token };
}

function readRunFile(file: string): z.output<typeof runFile> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return runFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Refused(`${file} cannot be used (${(error as Error).message}): start the system again with "npm start"`);
  }
}

function checkUrl(text: string): string {
  if (z.url({ protocol: /^https?$/ }).safeParse(text).success) return text;
  throw new Refused(`VETXANH_URL: expected an address such as http://127.0.0.1:8080, got ${text}`);
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
