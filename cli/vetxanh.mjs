#!/usr/bin/env node
// The door of the command line. It needs nothing installed itself, so that a fresh clone gets a sentence and not a stack.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'dist', 'cli', 'main.js');
const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');

/** Says in one line why nothing can be done, and what to do about it. */
function refuse(line) {
  process.stderr.write(`vetxanh: ${line}\n`);
  process.exit(1);
}

/** Builds a checkout that has never been built; standard output stays free for what the command prints. */
function build() {
  if (!existsSync(nest)) refuse(`not built yet: run "npm ci && npm run build" in ${root}`);
  process.stderr.write('vetxanh: building, this once\n');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0 || !existsSync(built)) refuse(`the build failed: run "npm run build" in ${root} and see why`);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) refuse(`needs Node 20.19 or newer, this is ${process.versions.node}`);
if (!existsSync(join(root, 'node_modules'))) refuse(`its packages are not installed: run "npm ci" in ${root}`);
if (!existsSync(built)) build();

const { run } = await import(pathToFileURL(built).href);
process.exitCode = await run(process.argv, root);
