import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../say.mjs';
import { forgetPid, killPid, running, startDaemon, stopPid, waitUntil } from './daemon.mjs';
import { bundledRedis, ensureJars } from './jars.mjs';

const run = promisify(execFile);

/** Starts Redis on a folder and port of its own, or finds the one an earlier command left running there. */
export async function startRedis({ dir, port, password }) {
  const home = resolve(dir, 'redis');
  const url = `redis://:${password}@127.0.0.1:${port}`;
  const pid = runningRedis(home) ?? (await launch({ home, port, password }));
  await waitUntil(() => answers(port, password), {
    what: 'Redis',
    pid,
    log: join(home, 'redis.log'),
    timeoutMs: 60_000,
  });
  return { url, pid, stop: end(home, pid, stopPid), kill: end(home, pid, killPid) };
}

/** Whether the Redis of a folder runs or is starting. */
export const redisRuns = (dir) => runningRedis(resolve(dir, 'redis')) !== undefined;

/** Stops the Redis of a folder, if one runs or is starting. */
export async function stopRedis(dir) {
  const home = resolve(dir, 'redis');
  const pid = runningRedis(home);
  if (pid) await end(home, pid, stopPid)();
}

/** Redis shows the port it listens on instead of what it was started with, so either one tells that it is ours. */
function runningRedis(home) {
  const conf = join(home, 'redis.conf');
  const port = existsSync(conf) && /^port (\d+)$/m.exec(readFileSync(conf, 'utf8'))?.[1];
  return port ? (running(home, 'redis', `:${port}`) ?? running(home, 'redis', conf)) : undefined;
}

const end = (home, pid, how) => async () => {
  await how(pid);
  forgetPid(home, 'redis');
};

async function launch({ home, port, password }) {
  const file = await binary();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const conf = join(home, 'redis.conf');
  writeFileSync(conf, configuration(home, port, password), { mode: 0o600 });
  return startDaemon({ name: 'redis', dir: home, file, args: [conf] }).pid;
}

/** `redis-server` of the PATH when it is new enough, else the one inside the fetched jars. */
async function binary() {
  const version = await run('redis-server', ['--version']).then(
    ({ stdout }) => /v=(\d+)\.(\d+)/.exec(stdout),
    () => null,
  );
  if (version && Number(version[1]) * 100 + Number(version[2]) >= 602) return 'redis-server';
  const bundled = bundledRedis(await ensureJars());
  if (bundled) return bundled;
  const machine = `${process.platform} ${process.arch}`;
  throw new Fault(
    `There is no Redis for ${machine}.`,
    'Install redis-server 6.2 or newer, or set REDIS_URL to one of your own.',
  );
}

/** PING with the password, spoken by hand: no library is installed yet. */
function answers(port, password) {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.setTimeout(1_000, () => socket.destroy());
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes;
      if (heard.includes('+PONG') || heard.includes('-')) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => done(heard.includes('+PONG')));
  });
}

/**
 * Every write is on the disk before it is answered; nothing is ever thrown out to make room. Past its memory (assumption:
 * 1 GB, REDIS_MAXMEMORY) it refuses writes, which a gate hears as `busy`, instead of being ended by the kernel.
 */
const configuration = (home, port, password) => `bind 127.0.0.1
port ${port}
dir ${home}
requirepass ${password}
appendonly yes
appendfsync always
maxmemory ${process.env.REDIS_MAXMEMORY || '1gb'}
maxmemory-policy noeviction
save ""
`;
