import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { Fault, say } from './say.mjs';

/** The two halves of `dist`: what each is made of, and the program that makes it. */
const halves = {
  programs: {
    sources: ['src', 'workers', 'graph', 'config', 'cli', 'bench', 'demo', 'nest-cli.json', 'tsconfig.build.json'],
    mark: '.built',
    program: ['@nestjs/cli/bin/nest.js', 'build'],
    // Without the mark nobody knows what `dist` holds, so the compiler must not trust its own notes about it either.
    notes: '.tsbuildinfo',
  },
  pages: {
    sources: ['web', 'src'],
    mark: '.built-web',
    program: ['vite/bin/vite.js', 'build', '-c', 'web/vite.config.ts', '--logLevel', 'warn'],
    notes: 'web',
  },
};

/** What decides about both. */
const shared = ['tsconfig.json', 'package-lock.json'];

/** Compiles into `dist` what has changed since that was done. Throws a {@link Fault} when it does not compile. */
export async function build(root) {
  for (const [name, half] of Object.entries(halves)) if (!isMade(root, half)) await make(root, name, half);
}

/** Whether all of `dist` was built after the last change of a source. */
export const isBuilt = (root) => Object.values(halves).every((half) => isMade(root, half));

async function make(root, name, { mark, program: [file, ...args], notes }) {
  const begun = new Date();
  const done = join(root, 'dist', mark);
  if (!existsSync(done)) rmSync(join(root, 'dist', notes), { force: true, recursive: true });
  rmSync(done, { force: true });
  say(`Building the ${name}`);
  const lines = [];
  const script = join(root, 'node_modules', file);
  const code = await run(process.execPath, [script, ...args], { cwd: root, onLine: (line) => lines.push(line) });
  if (code !== 0) throw new Fault(`The build of the ${name} failed:\n${lines.join('\n')}`);
  writeFileSync(done, '');
  utimesSync(done, begun, begun);
}

/** A folder's own time tells of files that went away. */
function isMade(root, { sources, mark }) {
  const done = join(root, 'dist', mark);
  const from = [...sources, ...shared].map((name) => newest(join(root, name)));
  return existsSync(done) && Math.max(...from) <= statSync(done).mtimeMs;
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
