import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { run } from '../run.mjs';
import { Fault, say } from '../say.mjs';
import { stopping } from '../stopping.mjs';
import { needJarTools, wayWithDocker } from './java.mjs';
import { diskFull, needRoom } from './room.mjs';

const pom = join(import.meta.dirname, 'pom.xml');

/** How often the fetching tells how far it is. */
const tellEveryMs = 5_000;

/** Where jars are kept for every installation of this user: one folder per version of the pom. */
export function jarsFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  return join(base, 'vetxanh', version);
}

/**
 * The folder with every jar, fetched by Maven once. A list of names and sizes is written last, so that a copy cut
 * short by a crash or a full disk is recognised and fetched again; two commands at once never see half a folder.
 */
export async function ensureJars() {
  const folder = jarsFolder();
  if (isWhole(folder)) return join(folder, 'lib');
  if (existsSync(folder)) say('The downloaded jars are incomplete: fetching them again');
  await needJarTools();
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

/** A jar that is broken in Maven's own store would be copied again and again: then a store of our own is filled anew. */
async function fetchInto(draft) {
  const lib = join(draft, 'lib');
  await maven(lib, []);
  const broken = readdirSync(lib).filter((name) => !isZip(join(lib, name)));
  if (broken.length) {
    say(`Maven's store holds broken copies of ${broken.join(', ')}: fetching everything anew`);
    rmSync(lib, { recursive: true });
    await maven(lib, [`-Dmaven.repo.local=${join(draft, 'store')}`]);
    rmSync(join(draft, 'store'), { recursive: true, force: true });
  }
  if ((await run('jar', ['xf', redisJar(lib)], { cwd: draft })) !== 0)
    throw new Fault('The jar that holds Redis cannot be opened.', wayWithDocker);
  for (const name of redisFiles(draft)) chmodSync(join(draft, name), 0o755);
  writeFileSync(join(draft, 'list.json'), JSON.stringify(sizes(draft)));
}

async function maven(lib, more) {
  mkdirSync(lib, { recursive: true });
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${lib}`, ...more];
  const lines = [];
  let fetched = 0;
  const onLine = (line) => (/Downloaded from/.test(line) ? fetched++ : lines.push(line));
  const telling = setInterval(() => say(`  … ${fetched} files fetched`), tellEveryMs);
  const code = await run('mvn', ['-B', '-f', pom, ...goal], { onLine }).finally(() => clearInterval(telling));
  stopping.throwIfAborted();
  if (code === 0) return;
  if (lines.some((line) => /No space left/i.test(line))) throw diskFull(lib);
  const reason = lines.find((line) => line.includes('ERROR')) ?? lines.at(-1) ?? 'it said nothing';
  throw new Fault(`Maven could not fetch the jars: ${reason.trim()}`, `Is the network there? ${wayWithDocker}`);
}

/** Whether everything that the list names is there in full. */
export function isWhole(folder) {
  const known = readList(join(folder, 'list.json'));
  if (!known) return false;
  const now = sizes(folder);
  return Object.entries(known).every(([name, size]) => now[name] === size);
}

function readList(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function sizes(folder) {
  const lib = join(folder, 'lib');
  const jars = existsSync(lib) ? readdirSync(lib).map((name) => join(lib, name)) : [];
  const binaries = redisFiles(folder).map((name) => join(folder, name));
  return Object.fromEntries([...jars, ...binaries].map((file) => [basename(file), statSync(file).size]));
}

const redisFiles = (folder) => readdirSync(folder).filter((name) => name.startsWith('redis-server'));
const redisJar = (lib) =>
  join(
    lib,
    readdirSync(lib).find((name) => name.startsWith('embedded-redis')),
  );

/** Whether a jar ends as a zip file does: with its directory (its mark stands in the last 64 kB). */
function isZip(file) {
  const { size } = statSync(file);
  const tail = Buffer.alloc(Math.min(size, 65_557));
  const open = openSync(file, 'r');
  readSync(open, tail, 0, tail.length, size - tail.length);
  closeSync(open);
  return tail.includes('PK\x05\x06', 0, 'latin1');
}

/** The Redis binary inside the fetched jar that fits this machine, or undefined. */
export function bundledRedis(lib) {
  const folder = join(lib, '..');
  const fit = [process.platform, process.arch === 'arm64' ? 'arm64' : 'amd64'];
  const found = redisFiles(folder).find((name) => fit.every((part) => name.includes(part)));
  return found && join(folder, found);
}
