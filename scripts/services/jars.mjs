import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault, say } from '../say.mjs';

const run = promisify(execFile);
const pom = join(import.meta.dirname, 'pom.xml');

/** Room that the jars and a first database want, in bytes (assumption, about twice what was measured). */
const roomNeeded = 1024 ** 3;

/** Where jars are kept for every installation of this user: one folder per version of the pom. */
function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  return join(base, 'vetxanh', version);
}

/**
 * The folder with every jar, fetched by Maven once. A list of names and sizes is written last, so that a copy cut
 * short by a crash or a full disk is recognised and fetched again; two commands at once never see half a folder.
 */
export async function ensureJars() {
  const folder = cacheFolder();
  if (isWhole(folder)) return join(folder, 'lib');
  if (existsSync(folder)) say('The downloaded jars are incomplete: fetching them again');
  await needTools();
  needRoom(folder);
  const draft = `${folder}.${process.pid}`;
  say('Fetching Neo4j and Redis with Maven (135 MB, once)');
  try {
    await fetchInto(draft);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (error) {
    if (!isWhole(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return join(folder, 'lib');
}

async function fetchInto(draft) {
  const lib = join(draft, 'lib');
  mkdirSync(lib, { recursive: true });
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${lib}`];
  try {
    await run('mvn', ['-B', '-q', '-f', pom, ...goal], { maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const text = `${error.stdout ?? ''}${error.stderr ?? ''}`;
    if (/No space left/i.test(text)) throw diskFull(draft);
    const reason = text.split('\n').find((line) => line.includes('ERROR')) ?? error.message;
    throw new Fault(`Maven could not fetch the jars: ${reason.trim()}`, wayWithDocker);
  }
  await run('jar', ['xf', redisJar(lib)], { cwd: draft });
  for (const name of readdirSync(draft)) if (name.startsWith('redis-server')) chmodSync(join(draft, name), 0o755);
  writeFileSync(join(draft, 'list.json'), JSON.stringify(sizes(lib)));
}

function isWhole(folder) {
  const list = join(folder, 'list.json');
  if (!existsSync(list)) return false;
  const known = JSON.parse(readFileSync(list, 'utf8'));
  const now = sizes(join(folder, 'lib'));
  return Object.entries(known).every(([name, size]) => now[name] === size);
}

function sizes(lib) {
  if (!existsSync(lib)) return {};
  return Object.fromEntries(readdirSync(lib).map((name) => [name, statSync(join(lib, name)).size]));
}

const redisJar = (lib) => join(lib, readdirSync(lib).find((name) => name.startsWith('embedded-redis')));

const wayWithDocker = 'Or run everything in containers: docker compose up';

async function needTools() {
  await need('java', 'Java 17', 'Debian: apt-get install openjdk-17-jdk-headless maven');
  await need('jar', 'the Java development kit', 'Debian: apt-get install openjdk-17-jdk-headless');
  await need('mvn', 'Maven', 'Debian: apt-get install maven');
}

async function need(tool, name, wayOn) {
  try {
    await run(tool, [tool === 'jar' ? '--version' : '-version']);
  } catch {
    throw new Fault(`${name} is missing (no working \`${tool}\` on the PATH).`, `${wayOn}. ${wayWithDocker}`);
  }
}

/** Throws when the disk of a folder has too little room left. */
export function needRoom(folder) {
  mkdirSync(join(folder, '..'), { recursive: true });
  const { bavail, bsize } = statfsSync(join(folder, '..'));
  if (bavail * bsize < roomNeeded) throw diskFull(folder);
}

function diskFull(folder) {
  return new Fault(`The disk of ${folder} is full: 1 GB of room is needed.`, 'Make room, or set XDG_CACHE_HOME or DATA_DIR to a folder on another disk.');
}

/** The Redis binary inside the fetched jar that fits this machine, or undefined. */
export function bundledRedis(lib) {
  const folder = join(lib, '..');
  const fit = [process.platform, process.arch === 'arm64' ? 'arm64' : 'amd64'];
  const found = readdirSync(folder).find((name) => name.startsWith('redis-server') && fit.every((part) => name.includes(part)));
  return found && join(folder, found);
}
