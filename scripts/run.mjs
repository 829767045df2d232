import { spawn } from 'node:child_process';
import { Fault } from './say.mjs';
import { stopping } from './stopping.mjs';

/**
 * Runs a program to its end and resolves to its exit code (128 and more when a signal ended it); its output is shown,
 * or handed line by line to `onLine`. Throws a {@link Fault} when the program is not there.
 */
export function run(file, args, { cwd, env = process.env, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onLine ? ['ignore', 'pipe', 'pipe'] : ['ignore', process.stderr, process.stderr];
    const child = spawn(file, args, { cwd, env, stdio, signal: stopping });
    if (onLine) for (const stream of [child.stdout, child.stderr]) eachLine(stream, onLine);
    child.once('error', (error) => {
      if (error.name === 'AbortError') return;
      reject(error.code === 'ENOENT' ? new Fault(`There is no \`${file}\` on the PATH.`) : error);
    });
    child.once('close', (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
}

/** Calls `onLine` for every line of a stream, also for a last one that is not ended. */
export function eachLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) onLine(line);
  });
  stream.once('end', () => rest && onLine(rest));
}
