import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { Fault, say } from './say.mjs';

/** What ends up in `dist`, or decides how. */
const sources = [
  'src',
  'workers',
  'graph',
  'config',
  'cli',
  'bench',
  'demo',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];

/** Compiles into `dist`, unless nothing has changed since that was done. Throws a {@link Fault} when it does not compile. */
export async function build(root) {
  if (isBuilt(root)) return;
  const begun = new Date();
  const mark = markOf(root);
  // Without the mark nobody knows what `dist` holds, so the compiler must not trust its own notes about it either.
  if (!existsSync(mark)) rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
  rmSync(mark, { force: true });
  say('Building');
  const lines = [];
  const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const code = await run(process.execPath, [nest, 'build'], { cwd: root, onLine: (line) => lines.push(line) });
  if (code !== 0) throw new Fault(`The build failed:\n${lines.join('\n')}`);
  writeFileSync(mark, '');
  utimesSync(mark, begun, begun);
}

/** Whether `dist` was built after the last change of a source; a folder's own time tells of files that went away. */
export function isBuilt(root) {
  const mark = markOf(root);
  return existsSync(mark) && Math.max(...sources.map((name) => newest(join(root, name)))) <= statSync(mark).mtimeMs;
}

const markOf = (root) => join(root, 'dist', '.built');

function newest(path) {
  if (!existsSync(path)) return 0;
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
