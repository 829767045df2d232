import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the command line finds an API process: its address, the operator's token, and the pid whose file this is. */
export interface Running {
  url: string;
  token: string;
  pid: number;
}

/** The file of a data folder; of several processes that share one it is that of the last that started. */
const runFile = (dataDir: string): string => join(dataDir, 'run.json');

/** Leaves it there at once as a whole, readable by this user alone. */
export function tellRunning(dataDir: string, running: Running): void {
  const file = runFile(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const mine = `${file}.${running.pid}`;
  writeFileSync(mine, JSON.stringify(running), { mode: 0o600 });
  chmodSync(mine, 0o600);
  renameSync(mine, file);
}

/** Takes away the file of a process that stops; that of another process stays. */
export function forgetRunning(dataDir: string, pid: number): void {
  const file = runFile(dataDir);
  if (pidIn(file) === pid) rmSync(file, { force: true });
}

/** Undefined when there is no file, or one that nobody could use. */
function pidIn(file: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as Partial<Running>).pid;
  } catch {
    return undefined;
  }
}
