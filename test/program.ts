import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { until } from './until.js';

const root = resolve(import.meta.dirname, '..');

/** Lines kept to say why a process ended. */
const linesKept = 20;

/** One process of the product, built, as operations run it; it can be killed and started again. */
export class Program {
  private child: ChildProcess | undefined;
  private lines: string[] = [];

  /** `isReady` tells when a start is over. */
  constructor(
    private readonly of: { name: string; script: string; env: NodeJS.ProcessEnv; logs: string },
    private readonly isReady: () => Promise<boolean>,
  ) {}

  get pid(): number {
    if (!this.child?.pid) throw new Error(`the ${this.of.name} does not run`);
    return this.child.pid;
  }

  get runs(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts it and waits until it is ready; throws what it said when it ends instead. */
  async start(): Promise<void> {
    const { name, script, env, logs } = this.of;
    mkdirSync(logs, { recursive: true });
    const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
    const child = spawn(process.execPath, [join(root, 'dist', script)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        log.write(bytes);
        this.lines = [...this.lines, String(bytes)].slice(-linesKept);
      });
    }
    child.once('close', () => log.end());
    this.child = child;
    await until(`the ${name} is ready`, async () => !this.runs || this.isReady(), 60_000);
    if (!this.runs) throw new Error(`the ${name} ended while it was starting:\n${this.lines.join('')}`);
  }

  /** Ends it in order; resolves to its exit code. */
  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  async kill9(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    if (!child || !this.runs) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }
}
