import { spawn, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** How a command ended, and everything that it said. */
export interface Ended {
  code: number | null;
  said: string;
}

/** A machine on which only some programs are installed, with folders of its own for data and downloads. */
export class Machine {
  readonly dir = mkdtempSync(join(tmpdir(), 'vetxanh-machine-'));
  private readonly bin = join(this.dir, 'bin');

  /** `programs` of this machine are there; `scripts` stand in for others, as the text of a shell script each. */
  constructor(programs: string[], scripts: Record<string, string> = {}) {
    mkdirSync(this.bin);
    for (const name of programs) symlinkSync(whereIs(name), join(this.bin, name));
    for (const [name, text] of Object.entries(scripts)) {
      writeFileSync(join(this.bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(this.bin, name), 0o755);
    }
  }

  get dataDir(): string {
    return join(this.dir, 'data');
  }

  get downloads(): string {
    return join(this.dir, 'cache');
  }

  /** Runs Node on this machine with a script of the project, or with `-e` and a text, until it ends. */
  run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
    const own = { PATH: `${this.bin}`, HOME: this.dir, XDG_CACHE_HOME: this.downloads, DATA_DIR: this.dataDir };
    const child = spawn(process.execPath, args, { cwd: root, env: { ...own, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += String(bytes)));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
  }
}

/** The lines of an error, without progress: the fault and its way on. */
export const faultOf = ({ said }: Ended): string => /\n {2}error {2}([\s\S]*)$/.exec(said)?.[1]?.trim() ?? said;

function whereIs(program: string): string {
  return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
}
