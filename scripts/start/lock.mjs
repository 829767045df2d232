import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, isAlive, stopPid } from '../services/daemon.mjs';
import { Fault, say } from '../say.mjs';

/**
 * Who runs from a data folder: the pid of the command and of what it has started. A second one is refused; what a
 * start left behind that was itself killed is stopped by the next one.
 */
export class Lock {
  #file;
  #of;
  #children = {};

  /** `of`: the script that takes the lock, by which its process is known; what it is called; how to run a second one. */
  constructor(dir, of) {
    this.#file = join(dir, 'start.json');
    this.#of = of;
  }

  /** Throws a {@link Fault} that names the pid when somebody runs here. */
  async take() {
    mkdirSync(join(this.#file, '..'), { recursive: true, mode: 0o700 });
    if (existsSync(this.#file)) await this.#inherit();
    this.#write();
  }

  /** Notes that a child runs under a pid, with a part of its command line by which it is known again. */
  note(name, pid, mark) {
    this.#children[name] = { pid, mark };
    this.#write();
  }

  release() {
    rmSync(this.#file, { force: true });
  }

  async #inherit() {
    const { pid, children = {} } = readJson(this.#file);
    if (pid !== process.pid && isAlive(pid) && commandLine(pid).includes(this.#of.script)) {
      const { title, beside } = this.#of;
      throw new Fault(`${title} from this folder already (pid ${pid}).`, `Stop it with \`kill ${pid}\`, or ${beside}.`);
    }
    const left = Object.values(children).filter(
      (child) => isAlive(child.pid) && commandLine(child.pid).includes(child.mark),
    );
    if (left.length) say('An earlier start was cut off: stopping what it left behind');
    await Promise.all(left.map((child) => stopPid(child.pid)));
  }

  #write() {
    writeFileSync(this.#file, JSON.stringify({ pid: process.pid, children: this.#children }), { mode: 0o600 });
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
