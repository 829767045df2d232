/** `npm start [-- --no-demo]`: everything from a fresh clone to a living system, without root and without a container. */
import { nodeFault } from './node-version.mjs';

const fault = nodeFault(process.versions.node);
if (fault) {
  process.stderr.write(`\n  error  ${fault}\n`);
  process.exit(1);
}

const [{ command }, { start }] = await Promise.all([import('./say.mjs'), import('./start/start.mjs')]);
await command(() => start(process.argv.slice(2)));
