/** `npm run bench [-- --only scan,memory] [--quick]`: builds, starts servers of its own, compares, and stops them. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { run } from './run.mjs';
import { command } from './say.mjs';
import { startPair, stopPair } from './services/pair.mjs';
import { listenForSignals } from './stopping.mjs';

const root = resolve(import.meta.dirname, '..');
const dir = resolve(root, '.test-data', 'bench');

await command(async () => {
  listenForSignals();
  await install(root);
  await stopPair(dir);
  rmSync(dir, { recursive: true, force: true });
  try {
    const [{ env }] = await Promise.all([startPair(dir), build(root)]);
    const args = [resolve(root, 'dist/bench/main.js'), ...process.argv.slice(2)];
    const onLine = (line) => process.stdout.write(`${line}\n`);
    process.exitCode = await run(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, onLine });
  } finally {
    await stopPair(dir);
  }
});
