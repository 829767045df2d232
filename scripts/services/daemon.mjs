import { execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync, closeSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../say.mjs';
import { stopping } from '../stopping.mjs';

/**
 * A server of ours that runs in the background with a pid file beside its data, so that a later command finds it again
 * even when this one was killed.
 */

/** Polls until `ready()` holds; throws a {@link Fault} with the end of the log when the process dies or time runs out. */
export async function waitUntil(ready, { what, pid, log, timeoutMs }) {
  const end = Date.now() + timeoutMs;
  while (!(await ready())) {
    stopping.throwIfAborted();
    if (!isAlive(pid))
      throw new Fault(`${what} stopped while it was starting: ${lastLines(log)}`, `The whole log: ${log}`);
    if (Date.now() > end) throw new Fault(`${what} did not get ready in ${timeoutMs / 1000} s.`, `Its log: ${log}`);
    await pause(50);
  }
}

/** Starts a background process of its own group; its output goes to `<dir>/<name>.log`, its pid to `<dir>/<name>.pid`. */
export function startDaemon({ name, dir, file, args, env = {} }) {
  stopping.throwIfAborted();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const log = join(dir, `${name}.log`);
  const out = openSync(log, 'a', 0o600);
  const child = spawn(file, args, {
    cwd: dir,
    detached: true,
    stdio: ['ignore', out, out],
    env: { ...process.env, ...env },
  });
  closeSync(out);
  child.on('error', (error) => writeFileSync(log, `${error.message}\n`, { flag: 'a' }));
  child.unref();
  writeFileSync(join(dir, `${name}.pid`), `${child.pid ?? ''}`);
  return { pid: child.pid, log };
}

/** The pid of a server that an earlier command left running on this folder, if it is really that server. */
export function running(dir, name, mark) {
  const file = join(dir, `${name}.pid`);
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8'));
  return pid && isAlive(pid) && commandLine(pid).includes(mark) ? pid : undefined;
}

/** Asks a process to stop and waits for its end; after `timeoutMs` it is ended by force. */
export async function stopPid(pid, timeoutMs = 20_000) {
  const end = Date.now() + timeoutMs;
  signal(pid, 'SIGTERM');
  while (isAlive(pid) && Date.now() < end) await pause(30);
  if (isAlive(pid)) await killPid(pid);
}

/** `kill -9`, and waits until the process is gone. */
export async function killPid(pid) {
  signal(pid, 'SIGKILL');
  while (isAlive(pid)) await pause(10);
}

export function forgetPid(dir, name) {
  rmSync(join(dir, `${name}.pid`), { force: true });
}

export function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/** The last lines of a log, on one line. */
export function lastLines(log, count = 3) {
  if (!existsSync(log) || statSync(log).size === 0) return 'it wrote nothing';
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count).join(' | ');
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function isZombie(pid) {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && / Z /.test(readFileSync(stat, 'utf8'));
}

/** What a process was started with; empty when it is gone. Only Linux keeps it in a file. */
export function commandLine(pid) {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync(file)) return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  if (process.platform === 'linux') return '';
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}
