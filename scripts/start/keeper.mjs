import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { eachLine } from '../run.mjs';
import { say } from '../say.mjs';
import { stopPid } from '../services/daemon.mjs';
import { rest, stopping } from '../stopping.mjs';

/** A process that ends within so long of its start is not started again at once (assumption). */
const settledMs = 10_000;

/** Pause before another try, doubled up to the longest while it keeps ending (assumption). */
const pauseMs = { first: 500, longest: 30_000 };

/** Lines kept to tell why a process ended. */
const linesKept = 5;

/**
 * A process of the product, started again when it ends by itself. Its log of facts goes to a file; what it says to
 * people (lines of its standard output that are no JSON) is shown.
 */
export class Keeper {
  #of;
  #child;
  #isKept = false;
  #pause = pauseMs.first;
  lastLines = [];

  /** `of`: name, the script with its arguments, env, the log file, and the lock that notes the pid. */
  constructor(of) {
    this.#of = of;
  }

  get pid() {
    return this.#child?.pid;
  }

  get hasEnded() {
    return this.#child?.exitCode !== null || this.#child.signalCode !== null;
  }

  start() {
    const { name, args, env, log, lock } = this.#of;
    const begunMs = Date.now();
    mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const file = createWriteStream(log, { flags: 'a', mode: 0o600 });
    file.on('error', (error) => say(`${log} cannot be written: ${error.message}`));
    eachLine(child.stdout, (line) => this.#hear(line, file) && this.#show(line));
    eachLine(child.stderr, (line) => this.#hear(line, file));
    child.once('close', () => file.end());
    child.once('exit', (code, signal) => void this.#ended(signal ?? `exit code ${code}`, begunMs));
    lock.note(name, child.pid, args[0]);
    this.#child = child;
  }

  /** From now on the process is started again whenever it ends. */
  keep() {
    this.#isKept = true;
  }

  async stop() {
    this.#isKept = false;
    if (this.pid) await stopPid(this.pid);
  }

  #hear(line, file) {
    file.write(`${line}\n`);
    this.lastLines = [...this.lastLines, line].slice(-linesKept);
    return true;
  }

  #show(line) {
    if (this.#isKept && line.trim() && !line.startsWith('{')) say(`${this.#of.name}: ${line}`);
  }

  async #ended(why, begunMs) {
    if (!this.#isKept || stopping.aborted) return;
    this.#pause = Date.now() - begunMs > settledMs ? pauseMs.first : Math.min(this.#pause * 2, pauseMs.longest);
    say(`The ${this.#of.name} ended (${why}): starting it again. Its log: ${this.#of.log}`);
    await rest(this.#pause);
    if (this.#isKept && !stopping.aborted) this.start();
  }
}
