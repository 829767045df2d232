import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of a bench, started from the built files. */
export interface Running {
  child: ChildProcess;
  stop: () => Promise<void>;
}

const script = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Starts a built script; its first line of output, as JSON, tells where it listens. */
export async function serve<T>(name: string, env: Record<string, string> = {}): Promise<Running & { said: T }> {
  const running = start(name, env);
  return { ...running, said: JSON.parse(await firstLine(running.child)) as T };
}

export function start(name: string, env: Record<string, string> = {}): Running {
  const options = {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'],
  };
  const child = spawn(process.execPath, [script(name)], options);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  return { child, stop };
}

/** Runs a built script to its end; what it printed, as JSON. */
export async function runToEnd<T>(name: string, args: string[]): Promise<T> {
  const child = spawn(process.execPath, [script(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  return JSON.parse(text) as T;
}

function firstLine({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout!.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    stdout!.once('end', () => reject(new Error('the process ended before it said where it listens')));
  });
}
